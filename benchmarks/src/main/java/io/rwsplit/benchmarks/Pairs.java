package io.rwsplit.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * Figures of one program taken pair by pair: a bare process, a second bare one as the control, and
 * one under the agent, in turns. Ratios are taken within a pair, so that what the machine did
 * meanwhile cancels out. Used by one thread.
 */
final class Pairs {

  private final List<Double> bare = new ArrayList<>();
  private final List<Double> control = new ArrayList<>();
  private final List<Double> agent = new ArrayList<>();

  /**
   * @param agentFigure NaN when the agent was not measured
   */
  void add(double bareFigure, double controlFigure, double agentFigure) {
    bare.add(bareFigure);
    control.add(controlFigure);
    if (!Double.isNaN(agentFigure)) {
      agent.add(agentFigure);
    }
  }

  boolean hasAgent() {
    return !agent.isEmpty();
  }

  Summary bare() {
    return Summary.of(bare);
  }

  Summary agent() {
    return Summary.of(agent);
  }

  /** Under the agent over bare. */
  Summary agentRatio() {
    return ratios(agent);
  }

  /** Second bare process over the first: what this machine calls a difference without one. */
  Summary controlRatio() {
    return ratios(control);
  }

  /** Under the agent less bare. */
  Summary agentDifference() {
    return differences(agent);
  }

  /** Second bare process less the first. */
  Summary controlDifference() {
    return differences(control);
  }

  private Summary ratios(List<Double> over) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < over.size(); i++) {
      ratios.add(over.get(i) / bare.get(i));
    }
    return Summary.of(ratios);
  }

  private Summary differences(List<Double> of) {
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < of.size(); i++) {
      differences.add(of.get(i) - bare.get(i));
    }
    return Summary.of(differences);
  }
}
