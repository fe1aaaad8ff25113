package legacy.frameworks.boot;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changes of the stock, by JPA and by SQL in one transaction. */
@Service
public class Warehouse {
  private final Products products;
  private final JdbcTemplate jdbc;

  public Warehouse(Products products, JdbcTemplate jdbc) {
    this.products = products;
    this.jdbc = jdbc;
  }

  @Transactional
  public Product add(String name, int stock) {
    Product product = products.save(new Product(name, stock));
    products.flush();
    jdbc.update("INSERT INTO movement(product, amount) VALUES (?, ?)", product.getId(), stock);
    return product;
  }

  /** Fails, and changes nothing, when there is not enough. */
  @Transactional
  public int take(long id, int amount) {
    Product product = products.findById(id).orElseThrow();
    product.setStock(product.getStock() - amount);
    products.flush();
    jdbc.update("INSERT INTO movement(product, amount) VALUES (?, ?)", id, -amount);
    Integer left = jdbc.queryForObject("SELECT stock FROM product WHERE id = ?", Integer.class, id);
    if (left == null || left < 0) {
      throw new IllegalStateException("only " + (left == null ? 0 : left + amount));
    }
    return left;
  }

  /** Without a transaction. */
  public List<Integer> movements() {
    return jdbc.queryForList("SELECT amount FROM movement ORDER BY id", Integer.class);
  }

  @Transactional(readOnly = true)
  public String report() {
    return products.count()
        + " "
        + products.findByStockGreaterThanOrderById(0).size()
        + " "
        + jdbc.queryForObject("SELECT SUM(amount) FROM movement", Integer.class);
  }
}
