package legacy.frameworks.hibernate;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;

/** Numbered by a sequence or, where there is none, by Hibernate's table for it. */
@Entity
@Table(name = "purchase")
public class Purchase {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "purchases")
  @SequenceGenerator(name = "purchases", sequenceName = "purchase_seq", allocationSize = 10)
  private Long id;

  @ManyToOne(fetch = FetchType.LAZY)
  private Customer customer;

  private String article;
  private int amount;

  protected Purchase() {}

  public Purchase(Customer customer, String article, int amount) {
    this.customer = customer;
    this.article = article;
    this.amount = amount;
  }

  public Long getId() {
    return id;
  }

  public Customer getCustomer() {
    return customer;
  }

  public String getArticle() {
    return article;
  }

  public int getAmount() {
    return amount;
  }

  public void setAmount(int amount) {
    this.amount = amount;
  }

  @Override
  public String toString() {
    return id + " " + article + " " + amount;
  }
}
