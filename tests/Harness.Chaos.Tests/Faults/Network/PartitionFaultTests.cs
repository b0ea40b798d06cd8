using Harness.Chaos.Faults;
using Harness.Chaos.Faults.Network;

namespace Harness.Chaos.Tests.Faults.Network;

public sealed class PartitionFaultTests
{
    [Fact]
    public async Task Lets_nothing_through_and_proves_it_and_heals()
    {
        await using ProxiedEcho echo = await ProxiedEcho.StartAsync();
        IInjection injection = new PartitionFault { Name = "cut", Edges = [ProxiedEcho.Edge], For = TimeSpan.FromSeconds(1) }.Prepare(echo, TimeProvider.System);

        await injection.InjectAsync(TestContext.Current.CancellationToken);
        TimeSpan? cut = await echo.RoundTripAsync(TimeSpan.FromMilliseconds(500));
        IReadOnlyDictionary<string, double>? evidence = await injection.HealAsync(TestContext.Current.CancellationToken);
        TimeSpan? healed = await echo.RoundTripAsync(TimeSpan.FromSeconds(20));

        Assert.Null(cut);
        Assert.NotNull(healed);
        Assert.Equal(1, evidence!["bytes"]);
        Assert.Equal(1, evidence["connections"]);
    }

    [Fact]
    public async Task Heals_what_was_injected_before_it_was_cut_off()
    {
        await using ProxiedEcho echo = await ProxiedEcho.StartAsync();
        var fault = new PartitionFault { Name = "cut", Edges = [ProxiedEcho.Edge, new("no", "such")], For = TimeSpan.FromSeconds(1) };
        IInjection injection = fault.Prepare(echo, TimeProvider.System);

        await Assert.ThrowsAnyAsync<Exception>(() => injection.InjectAsync(TestContext.Current.CancellationToken));
        await injection.HealAsync(TestContext.Current.CancellationToken);

        Assert.NotNull(await echo.RoundTripAsync(TimeSpan.FromSeconds(20)));
    }
}
