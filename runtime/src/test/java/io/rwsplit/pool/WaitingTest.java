package io.rwsplit.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WaitingTest {
  @Test
  void countsFromTheFirstLookAtOneQuestion() {
    Waiting waiting = new Waiting();
    assertEquals(0, waiting.nanos(10));
    waiting.asks();
    assertEquals(0, waiting.nanos(20));
    assertEquals(5, waiting.nanos(25));
    assertEquals(30, waiting.nanos(50));
    waiting.answered();
    assertEquals(0, waiting.nanos(60));
  }

  @Test
  void tellsTwoQuestionsApartThatItNeverSawAnswered() {
    Waiting waiting = new Waiting();
    waiting.asks();
    assertEquals(0, waiting.nanos(0));
    waiting.answered();
    waiting.asks();
    assertEquals(0, waiting.nanos(100));
    assertEquals(7, waiting.nanos(107));
  }
}
