using Harness.Checks.Benchmarks;
using Harness.Checks.Linearizability;
using Harness.Records;

namespace Harness.Checks.Tests.Linearizability;

public sealed class UniqueValueRegisterTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData("0", false)]
    [InlineData(null, true)]
    public void Agrees_with_trying_every_order_of_thousands_of_small_histories(string? initial, bool readOfNilSaysNothing)
    {
        SequentialObject about = SequentialObject.Register with { Initial = initial, ReadOfNilSaysNothing = readOfNilSaysNothing };
        var random = new Random(7);
        int legal = 0;
        const int rounds = 8_000;
        for (int round = 0; round < rounds; round++)
        {
            Operation[] history = Small(random, random.Next(2, 8));
            bool expected = BruteForce.IsLinearizable(history, about);
            legal += expected ? 1 : 0;
            Verdict verdict = UniqueValueRegister.Judge(history, about, out Witness? witness);

            Assert.True((expected ? Verdict.Pass : Verdict.Fail) == verdict, $"round {round}: {string.Join("; ", history)}");
            Assert.Equal(expected, witness is null);
        }

        Assert.InRange(legal, rounds / 20, rounds * 19 / 20);
    }

    [Fact]
    public void Agrees_with_the_search_on_longer_histories_right_and_wrong()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            Operation[] history = [.. GeneratedHistory.Register(new GeneratedHistoryOptions
            {
                Operations = 300, Clients = 6, Seed = seed, Values = null, CasRatio = 0, CrashRatio = 0.03,
            })];
            var random = new Random(seed);
            int read = Array.FindIndex(history, random.Next(200), o => o is { Kind: "read", Outcome: Outcome.Ok });
            history[read] = history[read] with { Value = seed % 2 == 0 ? history[read].Value : $"{random.Next(1, 60)}" };

            // A value written twice by a write nobody sees sends the very same history down the other road.
            Operation twin = new(999, "write", "r", "twin", TimeSpan.FromDays(1), TimeSpan.FromDays(2), Outcome.Ok);
            Verdict searched = Check([.. history, twin, twin with { Process = 1000 }]);
            Assert.Equal(searched, Check(history));
        }
    }

    [Fact]
    public void Does_not_apply_to_values_written_twice_and_to_other_operations()
    {
        Operation write = new(0, "write", "k", "1", TimeSpan.Zero, TimeSpan.FromTicks(1), Outcome.Ok);

        Assert.Equal(Verdict.Unknown, UniqueValueRegister.Judge([write, write], SequentialObject.Register, out _));
        Assert.Equal(Verdict.Unknown, UniqueValueRegister.Judge([write with { Kind = "cas", Value = "[1 2]" }], SequentialObject.Register, out _));
        Assert.Equal(Verdict.Unknown, UniqueValueRegister.Judge([write], SequentialObject.Register with { Initial = "1" }, out _));
    }

    [Fact]
    public void Shows_the_value_that_was_in_the_way()
    {
        Operation[] history =
        [
            new(0, "write", "k", "1", TimeSpan.FromSeconds(0), TimeSpan.FromSeconds(1), Outcome.Ok),
            new(0, "write", "k", "2", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), Outcome.Ok),
            new(1, "read", "k", "1", TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5), Outcome.Ok),
        ];
        Assert.Equal(Verdict.Fail, UniqueValueRegister.Judge(history, SequentialObject.Register, out Witness? witness));

        Assert.Equal(
            "The value 1 was there from before read of 1 by process 1 (4 to 5 s) without a break, so there is no moment for write of 2 by process 0 (2 to 3 s).",
            witness!.Facts[0]);
        Assert.Equal([history[0], history[1], history[2]], witness.Operations);
    }

    private static Verdict Check(IReadOnlyList<Operation> history) =>
        LinearizabilityChecker.Check(history, SequentialObject.Register, new SearchLimits(), TestContext.Current.CancellationToken).Verdict;

    private static Operation[] Small(Random random, int count)
    {
        int written = 0;
        return [.. Enumerable.Range(0, count).Select(process =>
        {
            bool isRead = random.Next(2) == 0;
            TimeSpan invoked = TimeSpan.FromTicks(random.Next(16));
            Outcome outcome = random.Next(6) switch { 0 => Outcome.Unknown, 1 => Outcome.Refused, _ => Outcome.Ok };
            string? value = !isRead ? $"{++written}" : outcome != Outcome.Ok || random.Next(4) == 0 ? null : $"{random.Next(4)}";
            TimeSpan? completed = outcome == Outcome.Unknown ? null : invoked + TimeSpan.FromTicks(random.Next(8));
            return new Operation(process, isRead ? "read" : "write", "k", value, invoked, completed, outcome);
        })];
    }
}
