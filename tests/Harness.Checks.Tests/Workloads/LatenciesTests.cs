using Harness.Checks.Histories;
using Harness.Records;

namespace Harness.Checks.Tests.Workloads;

public sealed class LatenciesTests
{
    [Fact]
    public void Say_how_long_an_element_took_to_be_in_every_read()
    {
        HistoryCheckResult result = Judge("set", HistoryFile.JsonLines, Did("add", "1", 0, 10), Did("add", "2", 0, 10), Did("read", "[2]", 50, 60), Did("read", "[1 2]", 70, 80));

        Assert.Equal((Verdict.Pass, 1), (result.Verdict, result.Numbers["stale"]));
        Assert.Equal((0, 50), (result.Numbers["stableP50Milliseconds"], result.Numbers["stableMaxMilliseconds"]));
    }

    [Fact]
    public void Say_how_long_elements_were_in_a_queue()
    {
        HistoryCheckResult result = Judge("queue", HistoryFile.Harness, Did("enqueue", "1", 0, 10), Did("enqueue", "2", 20, 30), Did("dequeue", "1", 30, 45), Did("dequeue", "2", 50, 130));

        Assert.Equal((35, 100), (result.Numbers["insideP50Milliseconds"], result.Numbers["insideP99Milliseconds"]));
    }

    [Fact]
    public void Are_not_made_of_lines() =>
        Assert.DoesNotContain("insideMaxMilliseconds", Judge("queue", HistoryFile.Edn, Did("enqueue", "1", 0, 10), Did("dequeue", "1", 30, 45)).Numbers.Keys);

    private static ClientOperation Did(string f, string value, int from, int to) =>
        new(1, f, null, value, TimeSpan.FromMilliseconds(from), TimeSpan.FromMilliseconds(to), Outcome.Ok, 1);

    private static HistoryCheckResult Judge(string model, string format, params ClientOperation[] operations) =>
        HistoryCheck.Judge(new ParsedHistory(format, operations), model, new(), TestContext.Current.CancellationToken);
}
