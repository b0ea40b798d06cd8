namespace Harness.Load.Running;

/// <summary>Runs what scenarios ask for before and after.</summary>
internal sealed class ScenarioLifetime(IReadOnlyList<ScenarioProps> scenarios)
{
    private static readonly TimeSpan CleanTimeout = TimeSpan.FromSeconds(30);

    private readonly List<ScenarioProps> _begun = [];

    public async Task InitAsync(CancellationToken runToken)
    {
        foreach (ScenarioProps scenario in scenarios)
        {
            _begun.Add(scenario);
            if (scenario.Init is { } init)
                await init(new InitContext(scenario.ScenarioName, runToken));
        }
    }

    /// <summary>Cleans every scenario that was begun, also when cleaning another failed.</summary>
    public async Task CleanAsync()
    {
        // Not the run's token: a cancelled run is cleaned up too.
        using var cleaning = new CancellationTokenSource(CleanTimeout);
        var failures = new List<Exception>();
        foreach (ScenarioProps scenario in Enumerable.Reverse(_begun))
        {
            try
            {
                if (scenario.Clean is { } clean)
                    await clean(new InitContext(scenario.ScenarioName, cleaning.Token));
            }
            catch (Exception failure)
            {
                failures.Add(failure);
            }
        }

        if (failures.Count > 0)
            throw new AggregateException("cleaning up after scenarios failed", failures);
    }

    private sealed class InitContext(string scenario, CancellationToken token) : IScenarioInitContext
    {
        public ScenarioInfo ScenarioInfo { get; } = new(scenario, 0);

        public CancellationToken ScenarioCancellationToken => token;
    }
}
