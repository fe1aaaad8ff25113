package legacy.frameworks.boot;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** Products by Spring Data, whose reads are read-only transactions. */
public interface Products extends JpaRepository<Product, Long> {
  List<Product> findByStockGreaterThanOrderById(int stock);
}
