using Harness.Records;

namespace Harness.Checks.Tests.Linearizability;

/// <summary>A handful of overlapping operations with answers that are right or wrong by chance.</summary>
internal static class SmallHistory
{
    public static Operation[] Register(Random random, int count) => Of(random, count, () => random.Next(10) switch
    {
        < 5 => ("read", random.Next(4) == 0 ? null : $"{random.Next(3)}"),
        < 8 => ("write", $"{random.Next(3)}"),
        _ => ("cas", $"[{random.Next(3)} {random.Next(3)}]"),
    });

    public static Operation[] Counter(Random random, int count) => Of(random, count, () =>
        random.Next(2) == 0 ? ("read", $"{random.Next(-1, 4)}") : ("add", $"{random.Next(-1, 3)}"));

    public static Operation[] KeyValue(Random random, int count) => Of(random, count, () => random.Next(10) switch
    {
        < 5 => ("get", new string('a', random.Next(3)) + new string('b', random.Next(2))),
        < 8 => ("append", random.Next(2) == 0 ? "a" : "b"),
        _ => ("put", random.Next(2) == 0 ? "a" : ""),
    });

    private static Operation[] Of(Random random, int count, Func<(string Kind, string? Value)> next) =>
        [.. Enumerable.Range(0, count).Select(process => Next(random, process, next()))];

    private static Operation Next(Random random, int process, (string Kind, string? Value) asked)
    {
        TimeSpan invoked = TimeSpan.FromTicks(random.Next(20));
        TimeSpan completed = invoked + TimeSpan.FromTicks(random.Next(8));
        Outcome outcome = random.Next(6) switch { 0 => Outcome.Unknown, 1 => Outcome.Refused, _ => Outcome.Ok };
        string? value = outcome != Outcome.Ok && asked.Kind is "read" or "get" ? null : asked.Value;
        return new Operation(process, asked.Kind, "k", value, invoked, outcome == Outcome.Unknown ? null : completed, outcome);
    }
}
