using Harness.Chaos.Faults;
using Harness.Chaos.Faults.Network;

namespace Harness.Chaos.Tests.Faults.Network;

public sealed class LatencyFaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Delays_both_directions_and_proves_it_and_heals()
    {
        await using ProxiedEcho echo = await ProxiedEcho.StartAsync();
        IInjection injection = Fault(TimeSpan.FromMilliseconds(300)).Prepare(echo, TimeProvider.System);

        await injection.InjectAsync(TestContext.Current.CancellationToken);
        TimeSpan? slow = await echo.RoundTripAsync(Patience);
        IReadOnlyDictionary<string, double>? evidence = await injection.HealAsync(TestContext.Current.CancellationToken);
        TimeSpan? healed = await echo.RoundTripAsync(Patience);

        Assert.True(slow >= TimeSpan.FromMilliseconds(600), $"took {slow}");
        Assert.True(healed < TimeSpan.FromMilliseconds(600), $"took {healed}");
        Assert.Equal(2, evidence!["bytes"]);
        Assert.Empty((await echo.Proxies.GetProxyAsync(ProxiedEcho.Edge.ToString(), TestContext.Current.CancellationToken)).Toxics);
    }

    [Fact]
    public async Task Has_no_evidence_when_nothing_passed_by()
    {
        await using ProxiedEcho echo = await ProxiedEcho.StartAsync();
        IInjection injection = Fault(TimeSpan.FromMilliseconds(300)).Prepare(echo, TimeProvider.System);

        await injection.InjectAsync(TestContext.Current.CancellationToken);
        IReadOnlyDictionary<string, double>? evidence = await injection.HealAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, evidence!["bytes"]);
        Assert.Equal(0, evidence["connections"]);
    }

    private static LatencyFault Fault(TimeSpan delay) =>
        new() { Name = "slow", Edges = [ProxiedEcho.Edge], For = TimeSpan.FromSeconds(1), Delay = delay };
}
