package legacy.frameworks.boot;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The shop's requests. */
@RestController
public class ShopController {
  private final Products products;
  private final Warehouse warehouse;

  public ShopController(Products products, Warehouse warehouse) {
    this.products = products;
    this.warehouse = warehouse;
  }

  @PostMapping("/add")
  public Product add(@RequestParam("name") String name, @RequestParam("stock") int stock) {
    return warehouse.add(name, stock);
  }

  @PostMapping("/take")
  public String take(@RequestParam("id") long id, @RequestParam("amount") int amount) {
    int left = warehouse.take(id, amount);
    // Its transaction is over: this one has to see it.
    return left + " " + products.findById(id).orElseThrow().getStock();
  }

  @GetMapping("/products")
  public List<String> products() {
    return products.findAll().stream()
        .map(product -> product.getId() + " " + product.getName() + " " + product.getStock())
        .collect(Collectors.toList());
  }

  @GetMapping("/movements")
  public List<Integer> movements() {
    return warehouse.movements();
  }

  @GetMapping("/report")
  public String report() {
    return warehouse.report();
  }

  /** Tells what went wrong. */
  @ExceptionHandler(RuntimeException.class)
  public ResponseEntity<String> failed(RuntimeException e) {
    return ResponseEntity.status(HttpStatus.CONFLICT)
        .body(e.getClass().getName() + ": " + e.getMessage());
  }
}
