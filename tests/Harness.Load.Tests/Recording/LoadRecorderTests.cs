using Harness.Load.Recording;

namespace Harness.Load.Tests.Recording;

public sealed class LoadRecorderTests
{
    private const int Writers = 4;
    private const int Each = 50_000;

    [Fact]
    public async Task Loses_nothing_and_tears_nothing_while_many_write_and_one_takes()
    {
        var order = new StepOrder();
        var recorder = new LoadRecorder(["a"], [""], order, stripes: 2);
        var ledger = new LoadLedger(["a"], [""], order);
        using var written = new CancellationTokenSource();
        Task writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => Write(recorder, writer), TestContext.Current.CancellationToken)));
        long takes = 0;
        Task taking = Task.Run(() =>
        {
            while (!written.IsCancellationRequested)
            {
                Check(ledger.Enter(recorder.Take(andClose: false), 0));
                takes++;
            }
        }, TestContext.Current.CancellationToken);

        await writing.WaitAsync(Finished.Limit, TestContext.Current.CancellationToken);
        await written.CancelAsync();
        await taking.WaitAsync(Finished.Limit, TestContext.Current.CancellationToken);
        Check(ledger.Enter(recorder.Take(andClose: true), 0));
        Write(recorder, 0);
        ScenarioInterval total = Assert.Single(ledger.Results()).Total;

        Assert.True(takes > 0);
        Assert.Equal(Writers * Each, total.Due);
        Assert.Equal(Writers * Each, total.Sent);
        Assert.Equal((Writers * Each / 2, Writers * Each / 2, 0), (total.Ok, total.Refused, total.Open));
        Assert.Equal(Writers * Each / 2, total.Errors["no"]);
        Assert.Equal(Writers * Each, total.Service.TotalCount);
        Assert.Equal(Writers * Each, total.Steps.Single().Latency.TotalCount);
    }

    private static void Write(LoadRecorder recorder, int writer)
    {
        for (int i = 0; i < Each; i++)
        {
            recorder.Due(0, 0, dropped: false);
            recorder.Sent(0, 0, i);
            bool ok = (i + writer) % 2 == 0;
            recorder.Step(0, 0, "s", ok ? Outcome.Ok : Outcome.Refused, ok ? "" : "no", i);
            recorder.Ended(0, 0, ok ? Outcome.Ok : Outcome.Refused, ok ? "" : "no", i, i);
        }
    }

    /// <summary>Each interval is whole by itself.</summary>
    private static void Check(IReadOnlyList<ScenarioInterval> intervals)
    {
        foreach (ScenarioInterval interval in intervals)
        {
            Assert.Equal(interval.Ok + interval.Refused, interval.Response.TotalCount);
            Assert.Equal(interval.Refused, interval.Errors.Values.Sum());
            Assert.True(interval.Open >= 0);
        }
    }
}
