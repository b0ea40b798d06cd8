namespace Harness.Checks.Pacelc;

/// <summary>A kind of request whose fate is counted.</summary>
/// <param name="Name">As the history calls it.</param>
/// <param name="Side">The service at which it enters the system: on which side of a cut it is.</param>
/// <param name="IsRead">Whether it changes nothing.</param>
/// <param name="Deadline">An answer later than this is none: what the shipped clients wait for, all tries together.</param>
/// <param name="Scenario">The scenario that makes it.</param>
/// <param name="Step">The step of the scenario that is one try.</param>
public sealed record RequestKind(string Name, string Side, bool IsRead, TimeSpan Deadline, string Scenario, string Step)
{
    public static IReadOnlyList<RequestKind> All { get; } =
    [
        new("place-order", "orders", IsRead: false, TimeSpan.FromSeconds(4), "checkout", "place"),
        new("reprice", "inventory", IsRead: false, TimeSpan.FromSeconds(2), "reprice", "reprice"),
        new("read-product", "inventory", IsRead: true, TimeSpan.FromSeconds(1), "browse", "read"),
    ];

    /// <summary>Null for what is not counted.</summary>
    public static RequestKind? Of(string name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>By scenario and step; a null step stands for whole iterations.</summary>
    public static RequestKind? OfScenario(string scenario, string? step) =>
        All.FirstOrDefault(kind => kind.Scenario == scenario && (step is null || kind.Step == step));
}
