namespace Harness.Checks.Convergence;

/// <summary>How long one entity went on disagreeing after the last fault was healed.</summary>
/// <param name="Key">The entity.</param>
/// <param name="Took">From the healing to the last moment at which it disagreed; zero when it did not.</param>
public readonly record struct EntityConvergence(string Key, TimeSpan Took);
