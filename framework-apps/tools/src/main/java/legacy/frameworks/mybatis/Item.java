package legacy.frameworks.mybatis;

/** A row of item. */
public class Item {
  private Long id;
  private String name;
  private long price;

  public Item() {}

  public Item(String name, long price) {
    this.name = name;
    this.price = price;
  }

  public Long getId() {
    return id;
  }

  public void setId(Long id) {
    this.id = id;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public long getPrice() {
    return price;
  }

  public void setPrice(long price) {
    this.price = price;
  }

  @Override
  public String toString() {
    return id + " " + name + " " + price;
  }
}
