using Microsoft.Extensions.Configuration;

namespace Harness.Load.Running;

/// <summary>What scenarios may know of the run they are in.</summary>
internal sealed record RunSettings
{
    public string TestSuite { get; init; } = "default";

    public string TestName { get; init; } = "load";

    public string? SessionId { get; init; }

    public ScenarioLogger Logger { get; init; } = new(_ => { });

    public IConfiguration CustomSettings { get; init; } = new ConfigurationBuilder().Build();

    public TestInfo TestInfo(TimeProvider time)
    {
        DateTime now = time.GetUtcNow().UtcDateTime;
        return new TestInfo { SessionId = SessionId ?? $"{now:yyyy-MM-dd_HH.mm.ss}_{TestName}", TestSuite = TestSuite, TestName = TestName, Created = now };
    }
}
