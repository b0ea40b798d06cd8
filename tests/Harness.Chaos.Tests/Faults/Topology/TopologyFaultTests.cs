using Harness.Chaos.Faults;
using Harness.Chaos.Faults.Topology;

namespace Harness.Chaos.Tests.Faults.Topology;

/// <summary>Services that are elsewhere, and more of them: callers miss them until they are told, and find one at its old place in the end.</summary>
public sealed class TopologyFaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_that_moved_is_missed_until_callers_notice_and_comes_back_when_it_is_healed()
    {
        await using MovableEnvironment environment = await MovableEnvironment.StartAsync();
        int before = environment.Parts[0].Processes[0];
        Assert.Equal(environment.Home, await environment.WhoAnswersAsync());
        IInjection injection = new MoveFault { Parts = [MovableEnvironment.PartName], Noticed = TimeSpan.FromMilliseconds(300) }.Prepare(environment, TimeProvider.System);

        await injection.InjectAsync(Token);
        while (await environment.WhoAnswersAsync() is not null)
            await Task.Delay(1, Token);
        int? moved;
        while ((moved = await environment.WhoAnswersAsync()) is null)
            await Task.Delay(5, Token);
        Assert.NotEqual(environment.Home, moved);
        Assert.NotEqual(before, environment.Parts[0].Processes[0]);
        IReadOnlyDictionary<string, double>? evidence = await injection.HealAsync(Token);

        Assert.Equal(environment.Home, await environment.WhoAnswersAsync());
        Assert.Equal(1, evidence!["services moved"]);
        Assert.True(evidence["connections that found nobody"] > 0);
    }

    [Fact]
    public async Task A_move_that_is_cut_short_leaves_the_service_where_it_was()
    {
        await using MovableEnvironment environment = await MovableEnvironment.StartAsync();
        IInjection injection = new MoveFault { Parts = [MovableEnvironment.PartName], Noticed = TimeSpan.FromMinutes(5) }.Prepare(environment, TimeProvider.System);

        await injection.InjectAsync(Token);
        IReadOnlyDictionary<string, double>? evidence = await injection.HealAsync(Token);

        Assert.Equal(environment.Home, await environment.WhoAnswersAsync());
        Assert.Equal(0, evidence!["services moved"]);
    }

    [Fact]
    public async Task Instances_beside_the_first_get_their_share_and_go_when_it_is_healed()
    {
        await using MovableEnvironment environment = await MovableEnvironment.StartAsync();
        int alone = environment.Parts[0].Processes.Count;
        IInjection injection = new ScaleFault { Parts = [MovableEnvironment.PartName], Instances = 3 }.Prepare(environment, TimeProvider.System);

        await injection.InjectAsync(Token);
        var answered = new HashSet<int?>();
        while (answered.Count < 3)
        {
            if (await environment.WhoAnswersAsync() is { } port)
                answered.Add(port);
        }

        Assert.Contains(environment.Home, answered);
        Assert.Equal(3 * alone, environment.Parts[0].Processes.Count);
        IReadOnlyDictionary<string, double>? evidence = await injection.HealAsync(Token);

        Assert.Equal(alone, environment.Parts[0].Processes.Count);
        Assert.Equal(environment.Home, await environment.WhoAnswersAsync());
        Assert.Equal(2, evidence!["instances added"]);
        Assert.True(evidence["connections to them"] >= 2);
    }

    [Fact]
    public async Task A_service_may_move_while_there_is_more_than_one_of_it()
    {
        await using MovableEnvironment environment = await MovableEnvironment.StartAsync();
        IInjection move = new MoveFault { Parts = [MovableEnvironment.PartName], Noticed = TimeSpan.Zero }.Prepare(environment, TimeProvider.System);
        IInjection scale = new ScaleFault { Parts = [MovableEnvironment.PartName], Instances = 2 }.Prepare(environment, TimeProvider.System);

        await Task.WhenAll(move.InjectAsync(Token), scale.InjectAsync(Token));
        var answered = new HashSet<int?>();
        while (answered.Count < 2 || answered.Contains(environment.Home))
        {
            answered.RemoveWhere(port => port == environment.Home);
            if (await environment.WhoAnswersAsync() is { } port)
                answered.Add(port);
        }

        await Task.WhenAll(move.HealAsync(Token), scale.HealAsync(Token));

        Assert.Equal(environment.Home, await environment.WhoAnswersAsync());
        Assert.Equal(environment.Home, await environment.WhoAnswersAsync());
    }
}
