using Harness.Records;

namespace Harness.Scenarios;

/// <summary>The scenarios that ship, by name.</summary>
public static class OrderScenarios
{
    // A new scenario is a new file and a line here.
    private static readonly IOrderScenario[] Known =
    [
        new CheckoutScenario(), new BrowseScenario(), new HotProductScenario(), new RepriceScenario(), new RestockScenario(), new ResubmitScenario(), new MixedScenario(),
    ];

    public static IReadOnlyList<ScenarioInfo> All { get; } = [.. Known.Select(scenario => scenario.Info)];

    /// <param name="name">One of <see cref="All"/>.</param>
    /// <param name="system">Where the services are reached.</param>
    /// <param name="history">Gets every operation.</param>
    /// <param name="clock">The run's.</param>
    /// <param name="seed">Fixes what iteration n asks for.</param>
    /// <exception cref="ArgumentException">There is no such scenario.</exception>
    public static ScenarioProps Create(string name, OrderSystem system, HistoryWriter history, RunClock clock, int seed)
    {
        IOrderScenario scenario = Known.FirstOrDefault(known => known.Info.Name == name) ?? throw new ArgumentException(
            $"There is no scenario '{name}'; there is {string.Join(", ", Known.Select(known => known.Info.Name))}.", nameof(name));
        return scenario.Create(new ShopVisit(system, operation => history.Record(in operation), clock, seed));
    }
}

/// <summary>What a list of scenarios shows.</summary>
/// <param name="Name">As experiments call it.</param>
/// <param name="Summary">One line.</param>
/// <param name="Steps">What its steps are called.</param>
public sealed record ScenarioInfo(string Name, string Summary, params IReadOnlyList<string> Steps);
