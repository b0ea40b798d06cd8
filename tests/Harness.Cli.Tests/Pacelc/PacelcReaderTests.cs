using Harness.Cli.Pacelc;

namespace Harness.Cli.Tests.Pacelc;

public sealed class PacelcReaderTests
{
    private static readonly PacelcSettings Right = new()
    {
        Environment = "embedded", Rounds = 1, Modes = "strong,weak", Cut = "redis", Normal = "5s", Partition = "5s", Healing = "5s", Seed = 1, Out = Path.GetTempPath(),
    };

    [Fact]
    public void Reads_modes_with_their_changes()
    {
        (PacelcPlan? plan, _) = PacelcReader.Read(Right with { Set = ["weak.cache-writes=back"] });

        Assert.Equal(["strong", "weak"], plan!.Modes.Select(mode => mode.Name));
        Assert.Equal(("through", "back"), (plan.Modes[0].Switches["cache-writes"], plan.Modes[1].Switches["cache-writes"]));
        Assert.Equal(TimeSpan.FromSeconds(5), plan.Timing.Partition);
    }

    [Fact]
    public void Reports_every_problem_at_once_with_the_nearest_name()
    {
        (PacelcPlan? plan, var problems) = PacelcReader.Read(Right with
        {
            Environment = "embeded", Rounds = 0, Modes = "stron,weak,weak", Cut = "redi", Normal = "5", Partition = "0s",
            Set = ["weak.bug=oversell-rac", "weak.cache-write=back", "strong.reads=strong", "nonsense"],
        });

        Assert.Null(plan);
        string[] said = [.. problems.Select(problem => problem.ToString())];
        Assert.Equal(11, said.Length);
        foreach (string expected in new[] { "'embeded'", "0 is no number of rounds", "'stron'", "named twice", "'redi'", "'5'", "'0s'", "oversell-race", "cache-writes", "'strong' is not one of the modes", "'nonsense'" })
            Assert.Contains(said, line => line.Contains(expected, StringComparison.Ordinal));
    }
}
