using Harness.Checks.Histories;
using Harness.Records;

namespace Harness.Checks.Tests.Transactions;

public sealed class ListAppendTests
{
    [Theory]
    [InlineData("G0", "[:append x 1] [:append y 1]", "[:append x 2] [:append y 2]", "[:r x [1 2]] [:r y [2 1]]")]
    [InlineData("G1c", "[:append x 1] [:r y [1]]", "[:append y 1] [:r x [1]]")]
    [InlineData("G-single", "[:append x 1] [:append y 1]", "[:r x []] [:r y [1]]")]
    [InlineData("G2", "[:r x []] [:append y 1]", "[:r y []] [:append x 1]")]
    [InlineData("lost-update", "[:r x []] [:append x 1]", "[:r x []] [:append x 2]", "[:r x [1 2]]")]
    [InlineData("G1a", "fail [:append x 1]", "[:r x [1]]")]
    [InlineData("G1b", "[:append x 1] [:append x 2]", "[:r x [1]]")]
    [InlineData("garbage-read", "[:r x [9]]")]
    [InlineData("internal", "[:append x 1] [:r x []]")]
    [InlineData("internal", "[:r x []] [:r x [1]]", "[:append x 1]")]
    [InlineData("incompatible-order", "[:append x 1]", "[:append x 2]", "[:r x [1 2]]", "[:r x [2 1]]")]
    [InlineData("incompatible-order", "[:append x 1] [:append x 2]", "[:append x 3]", "[:r x [2 1 3]]")]
    [InlineData("future-read", "[:r x [1]] [:append x 1]")]
    [InlineData("duplicate-elements", "[:append x 1]", "[:r x [1 1]]")]
    public void Finds_and_names(string anomaly, params string[] transactions)
    {
        HistoryCheckResult result = Judge(transactions);

        Assert.Equal(Verdict.Fail, result.Verdict);
        Assert.Contains(result.Witness!.Facts, fact => fact.StartsWith(anomaly + ":", StringComparison.Ordinal));
        Assert.NotEmpty(result.Witness.Operations);
    }

    [Theory]
    [InlineData("[:append x 1]", "[:append x 2]", "[:r x [1 2]]", "[:r x [1]]", "[:r x nil]")]
    [InlineData("info [:append x 1]", "[:r x [1]]")]
    [InlineData("info [:append x 1]", "[:r x []]")]
    [InlineData("fail [:append x 1]", "[:r x []]")]
    [InlineData("[:r x [1]] [:append x 2] [:r x [1 2]]", "[:append x 1]")]
    public void Finds_nothing_in(params string[] transactions) => Assert.Equal(Verdict.Pass, Judge(transactions).Verdict);

    [Theory]
    [InlineData("G-single-realtime", "[:append x 1]", "[:append x 2]", "[:r x [1]]", "[:r x [1 2]]")]
    [InlineData("G1c-realtime", "[:r x [1]]", "[:append x 1]")]
    [InlineData("G0-realtime", "[:append x 1]", "[:append x 2]", "[:r x [2 1]]")]
    public void Finds_what_only_the_clock_forbids(string anomaly, params string[] transactions)
    {
        HistoryCheckResult result = Judge("strict-serializable", transactions);

        Assert.Equal(Verdict.Fail, result.Verdict);
        Assert.Contains(result.Witness!.Facts, fact => fact.StartsWith(anomaly + ":", StringComparison.Ordinal));
        Assert.Equal(Verdict.Pass, Judge(transactions).Verdict);
    }

    [Fact]
    public void Agrees_with_running_every_order_of_thousands_of_small_histories()
    {
        var random = new Random(3);
        int serializable = 0;
        const int rounds = 5_000;
        for (int round = 0; round < rounds; round++)
        {
            ClientOperation[] history = RandomTransactions.Of(random, random.Next(2, 6));
            bool expected = SerialBruteForce.IsSerializable(history);
            serializable += expected ? 1 : 0;
            Verdict verdict = HistoryCheck.Judge(new ParsedHistory("edn", history), "list-append", new(), TestContext.Current.CancellationToken).Verdict;

            Assert.True((expected ? Verdict.Pass : Verdict.Fail) == verdict, $"round {round}: {string.Join("\n", history.Select(t => $"{t.Outcome} {Form.Text(t.Value)}"))}");
        }

        Assert.InRange(serializable, rounds / 20, rounds * 19 / 20);
    }

    [Fact]
    public void Takes_a_long_history_of_one_transaction_after_the_other()
    {
        ClientOperation[] history = RandomTransactions.Serial(new Random(1), 4_000);
        HistoryCheckResult right = HistoryCheck.Judge(new ParsedHistory("edn", history), "list-append", new(), TestContext.Current.CancellationToken);
        Assert.Equal(Verdict.Pass, right.Verdict);

        // One transaction in the middle that reads two lists as they never were together.
        ClientOperation wrong = history[2_000] with { Value = EdnReader.ReadAll("[[:append z 1] [:r k0 []]]")[0], Outcome = Outcome.Ok };
        ClientOperation sees = history[2_001] with { Value = EdnReader.ReadAll("[[:append k0 -1]]")[0], Outcome = Outcome.Refused };
        history[2_000] = wrong;
        history[2_001] = sees;
        Assert.Equal(Verdict.Fail, HistoryCheck.Judge(new ParsedHistory("edn", [.. history, wrong with { Value = EdnReader.ReadAll("[[:r z []] [:r k0 [-1]]]")[0] }]), "list-append", new(), TestContext.Current.CancellationToken).Verdict);
    }

    [Fact]
    public void Wants_every_element_appended_once() =>
        Assert.Contains("line 2", Assert.Throws<HistoryFormatException>(() => Judge("[:append x 1]", "[:append x 1]")).Message, StringComparison.Ordinal);

    private static HistoryCheckResult Judge(params string[] transactions) => Judge("serializable", transactions);

    private static HistoryCheckResult Judge(string level, string[] transactions)
    {
        ClientOperation[] history = [.. transactions.Select((text, i) =>
        {
            Outcome outcome = text.StartsWith("fail", StringComparison.Ordinal) ? Outcome.Refused
                : text.StartsWith("info", StringComparison.Ordinal) ? Outcome.Unknown : Outcome.Ok;
            object? value = EdnReader.ReadAll($"[{text[text.IndexOf('[', StringComparison.Ordinal)..]}]")[0];
            return new ClientOperation(i, "txn", null, value, TimeSpan.FromTicks(2 * i), TimeSpan.FromTicks(2 * i + 1), outcome, i + 1);
        })];
        return HistoryCheck.Judge(new ParsedHistory("edn", history), "list-append", new(), TestContext.Current.CancellationToken, level);
    }
}
