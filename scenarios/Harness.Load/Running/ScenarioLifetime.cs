using Microsoft.Extensions.Configuration;

namespace Harness.Load.Running;

/// <summary>Runs what scenarios ask for before and after.</summary>
internal sealed class ScenarioLifetime(IReadOnlyList<ScenarioProps> scenarios, RunSettings settings, TestInfo testInfo)
{
    private static readonly TimeSpan CleanTimeout = TimeSpan.FromSeconds(30);

    private readonly List<ScenarioProps> _begun = [];

    public async Task InitAsync(CancellationToken runToken)
    {
        foreach (ScenarioProps scenario in scenarios)
        {
            _begun.Add(scenario);
            if (scenario.Init is { } init)
                await init(new InitContext(scenario, ScenarioOperation.Init, settings, testInfo, runToken));
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
                    await clean(new InitContext(scenario, ScenarioOperation.Clean, settings, testInfo, cleaning.Token));
            }
            catch (Exception failure)
            {
                failures.Add(failure);
            }
        }

        if (failures.Count > 0)
            throw new AggregateException("cleaning up after scenarios failed", failures);
    }

    private sealed class InitContext(
        ScenarioProps scenario, ScenarioOperation operation, RunSettings settings, TestInfo testInfo, CancellationToken token) : IScenarioInitContext
    {
        public ScenarioInfo ScenarioInfo { get; } =
            new(scenario.ScenarioName, 0) { ScenarioDuration = scenario.PlannedDuration, ScenarioOperation = operation };

        public TestInfo TestInfo => testInfo;

        public NodeInfo NodeInfo => NodeInfo.Current;

        public IConfiguration CustomSettings => scenario.CustomSettings ?? settings.CustomSettings;

        public IConfiguration GlobalCustomSettings => settings.CustomSettings;

        public ScenarioPartition ScenarioPartition { get; } = new(1, 1);

        public ScenarioLogger Logger => settings.Logger;

        public CancellationToken ScenarioCancellationToken => token;
    }
}
