using Harness.Chaos.Conducting;
using Harness.Chaos.Control;
using Harness.Load;
using Harness.Records;

namespace Harness.Chaos.Tests.Control;

public sealed class BoardTests
{
    [Fact]
    public async Task Whoever_watches_is_told_what_happens_from_then_on_and_the_past_is_kept()
    {
        var told = new Told();
        var board = new Board(told) { Stores = () => [new StoreHealth("redis", null, "refused")] };
        board.Happened(Note("before"));
        await using IAsyncEnumerator<BoardNews> watching = board.WatchAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        ValueTask<bool> first = watching.MoveNextAsync();
        board.Happened(Note("after"));
        board.Second(new SeriesSample { At = TimeSpan.FromSeconds(7), Scenarios = [], Services = new Dictionary<string, ServiceSample>() }, []);

        Assert.True(await first);
        Assert.Equal("after", watching.Current.Happened!.Subject);
        Assert.True(await watching.MoveNextAsync());
        Assert.Equal((7, "refused"), (watching.Current.Second!.At, watching.Current.Second.Stores.Single().Problem));
        Assert.Equal(["before", "after"], board.Events.Select(happened => happened.Subject));
        Assert.Equal(["before", "after"], told.Subjects);
    }

    [Fact]
    public void Only_the_latest_ten_minutes_and_five_hundred_events_are_kept()
    {
        var board = new Board(new Told());
        for (int i = 0; i <= 700; i++)
        {
            board.Happened(Note($"{i}"));
            board.Second(new SeriesSample { At = TimeSpan.FromSeconds(i), Scenarios = [], Services = new Dictionary<string, ServiceSample>() }, []);
        }

        Assert.Equal((600, 101.0, 700.0), (board.Seconds.Count, board.Seconds[0].At, board.Seconds[^1].At));
        Assert.Equal((500, "201", "700"), (board.Events.Count, board.Events[0].Subject, board.Events[^1].Subject));
    }

    private static TimelineEvent Note(string subject) => new() { At = TimeSpan.Zero, Kind = EventKind.Note, Subject = subject };

    private sealed class Told : IRunProgress
    {
        public List<string?> Subjects { get; } = [];

        public void Started(RunDescription description, string folder)
        {
        }

        public void Happened(TimelineEvent happened) => Subjects.Add(happened.Subject);

        public void Second(SeriesSample sample, IReadOnlyList<LoadInterval> load)
        {
        }
    }
}
