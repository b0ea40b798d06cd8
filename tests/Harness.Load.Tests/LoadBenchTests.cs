using System.Diagnostics;
using Harness.Load.Bench;

namespace Harness.Load.Tests;

public sealed class LoadBenchTests
{
    [Fact]
    public void Names_every_option_that_makes_no_sense()
    {
        var options = new LoadBenchOptions { OriginCommand = [], MeasureFor = TimeSpan.Zero, Rounds = 0 };

        Assert.Equal(["a measurement of 0 s; it must last from 0.2 to 60 s", "0 rounds; it must be from 1 to 100"], options.Problems());
        Assert.Empty(new LoadBenchOptions { OriginCommand = [] }.Problems());
    }

    [Fact]
    public void Compares_by_what_the_client_spends_for_what_the_server_spends()
    {
        CostSample[] samples = [new(50_000, 12, 10, 0), new(40_000, 30, 10, 0), new(60_000, 9, 10, 0)];
        var client = new OwnClient("raw lane", 1.1, 0, Lanes.Raw);

        Assert.Equal("| raw lane | 50000 | 12.0 | 10.0 | 1.20 | 0.96 | 0 | ≤ 1.1 × wrk, 0 bytes |", ClientCost.Of(client, samples, wrk: 1.25).Line);
        Assert.Equal("| raw lane | 50000 | 12.0 | 10.0 | 1.20 | – | 0 | ≤ 1.1 × wrk, 0 bytes |", ClientCost.Of(client, samples, wrk: null).Line);
    }

    [Fact]
    public async Task Leaves_no_foreign_program_behind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the programs it is compared with are held by a shell");
        int id;
        using (HeldProcess held = HeldProcess.Start("sleep", "600"))
            id = held.Id;

        await Finished.Until(() => !IsRunning(id));
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
