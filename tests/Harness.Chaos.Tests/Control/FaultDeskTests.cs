using System.Text.Json.Nodes;
using Harness.Chaos.Conducting;
using Harness.Chaos.Control;
using Harness.Chaos.Environments;
using Harness.Load;
using Harness.Records;

namespace Harness.Chaos.Tests.Control;

public sealed class FaultDeskTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("harness-test-").FullName;
    private readonly FakeTimeProvider _time = new();
    private readonly HandledEnvironment _environment = new();
    private readonly RunRecordWriter _record;
    private readonly FaultDesk _desk;

    public FaultDeskTests()
    {
        var clock = new RunClock(_time);
        var description = new RunDescription
        {
            Id = "", Experiment = UpRequest.RecordName, Seed = 1, Command = "", HarnessVersion = "0", RuntimeVersion = "0", Machine = RunDescriber.Machine(), Environment = "embedded",
            StartedAt = clock.StartedAt,
        };
        _record = RunRecordWriter.Create(_folder, description, clock);
        _desk = new FaultDesk(_environment, EnvironmentKinds.Find("embedded")!, new Dictionary<string, string>(), new RunJournal(_record, new Nobody()));
    }

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fault_stays_in_place_for_exactly_its_time_and_tells_what_it_did()
    {
        HeldFault injected = await InPlaceAsync("orders", "10s");
        Assert.Equal((FaultStage.InPlace, 10), (injected.Stage, injected.SecondsLeft));

        _time.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        Assert.Equal(FaultStage.InPlace, Now(injected).Stage);
        Assert.False(_environment.Orders.IsUp);

        _time.Advance(TimeSpan.FromTicks(1));
        await UntilAsync(() => Now(injected).Stage == FaultStage.Healed);
        Assert.True(_environment.Orders.IsUp);
        Assert.Equal(1, Assert.Single(Now(injected).Evidence!).Value);
        Assert.Equal(0, Now(injected).SecondsLeft);
    }

    [Fact]
    public async Task A_second_fault_that_the_first_would_undo_is_refused_until_the_first_is_gone()
    {
        HeldFault first = await InPlaceAsync("orders", "10s");
        _time.Advance(TimeSpan.FromSeconds(4));

        foreach (string kind in new[] { "kill", "pause", "restart" })
        {
            (HeldFault? none, IReadOnlyList<string> problems) = await _desk.InjectAsync(new JsonObject { ["fault"] = kind, ["parts"] = new JsonArray("payments", "orders"), ["for"] = "1s" });
            Assert.Null(none);
            Assert.StartsWith($"parts: orders is under {first.Id} for another 6 s", Assert.Single(problems), StringComparison.Ordinal);
        }

        Assert.True(_environment.Payments.IsUp);
        await InPlaceAsync("payments", "1s");
        await _desk.HealAsync(first.Id);
        await InPlaceAsync("orders", "1s");
    }

    [Fact]
    public async Task Closing_heals_everything_even_what_is_still_on_its_way_in()
    {
        HeldFault first = await InPlaceAsync("orders", "1h");
        var killing = new TaskCompletionSource();
        _environment.Payments.Killing = killing.Task;
        Task<(HeldFault? Fault, IReadOnlyList<string> Problems)> second = KillAsync("payments", "1h");
        await UntilAsync(() => _desk.All.Count == 2);

        Task closing = _desk.DisposeAsync().AsTask();
        await UntilAsync(() => Now(first).Stage == FaultStage.Healed);
        Assert.False(closing.IsCompleted, "It does not end while a part may still go down.");
        Assert.Equal("the system is going down", Assert.Single((await KillAsync("orders", "1s")).Problems));

        killing.SetResult();
        await closing.WaitAsync(TimeSpan.FromSeconds(30), Ended);
        await second.WaitAsync(TimeSpan.FromSeconds(30), Ended);
        Assert.True(_environment.Orders.IsUp && _environment.Payments.IsUp);
        Assert.DoesNotContain(_desk.All, fault => fault.IsLive);
    }

    [Fact]
    public async Task What_cannot_be_put_in_place_or_cannot_be_taken_away_is_told_apart()
    {
        _environment.Orders.Killing = Task.FromException(new InvalidOperationException("it clings to life"));
        HeldFault notIn = (await KillAsync("orders", "1s")).Fault!;
        await UntilAsync(() => Now(notIn).Stage == FaultStage.NotInjected);
        Assert.Equal("it clings to life", Now(notIn).Problem);

        _environment.Payments.Starting = Task.FromException(new InvalidOperationException("it stays down"));
        HeldFault notOut = await InPlaceAsync("payments", "1h");
        HeldFault stuck = (await _desk.HealAsync(notOut.Id))!;
        Assert.Equal((FaultStage.NotHealed, true), (stuck.Stage, stuck.IsLive));
        Assert.Contains("it stays down", stuck.Problem, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _desk.DisposeAsync();
        await _record.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<(HeldFault? Fault, IReadOnlyList<string> Problems)> KillAsync(string part, string length) =>
        _desk.InjectAsync(new JsonObject { ["fault"] = "kill", ["parts"] = new JsonArray(part), ["for"] = length });

    private async Task<HeldFault> InPlaceAsync(string part, string length)
    {
        (HeldFault? fault, IReadOnlyList<string> problems) = await KillAsync(part, length);
        Assert.Empty(problems);
        await UntilAsync(() => Now(fault!).Stage == FaultStage.InPlace);
        return Now(fault!);
    }

    private HeldFault Now(HeldFault fault) => _desk.All.Single(one => one.Id == fault.Id);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ended);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!condition())
            await Task.Delay(5, limit.Token);
    }

    private sealed class Nobody : IRunProgress
    {
        public void Started(RunDescription description, string folder)
        {
        }

        public void Happened(TimelineEvent happened)
        {
        }

        public void Second(SeriesSample sample, IReadOnlyList<LoadInterval> load)
        {
        }
    }
}
