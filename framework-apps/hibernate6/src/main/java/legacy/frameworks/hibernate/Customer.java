package legacy.frameworks.hibernate;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;

/** Numbered by its table. */
@Entity
@Table(name = "customer")
public class Customer {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Version private int version;

  @Column(nullable = false, unique = true, length = 40)
  private String name;

  private long credit;

  @OneToMany(mappedBy = "customer", cascade = CascadeType.ALL)
  @OrderBy("id")
  private List<Purchase> purchases = new ArrayList<>();

  protected Customer() {}

  public Customer(String name, long credit) {
    this.name = name;
    this.credit = credit;
  }

  public Long getId() {
    return id;
  }

  public int getVersion() {
    return version;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public long getCredit() {
    return credit;
  }

  public void setCredit(long credit) {
    this.credit = credit;
  }

  public List<Purchase> getPurchases() {
    return purchases;
  }

  @Override
  public String toString() {
    return id + " " + name + " " + credit + " v" + version;
  }
}
