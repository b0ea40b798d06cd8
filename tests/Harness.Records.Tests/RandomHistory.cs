namespace Harness.Records.Tests;

internal static class RandomHistory
{
    private static readonly string[] Kinds = ["place-order", "read-order", "read-product"];
    private static readonly string?[] Values = [null, "", "CONFIRMED", "ünïcödé ☂", "\u0000\n\"quoted\", [x]"];

    public static Operation[] Of(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => Next(random, i))];
    }

    private static Operation Next(Random random, int i)
    {
        TimeSpan invoked = TimeSpan.FromTicks(random.NextInt64(0, TimeSpan.TicksPerHour));
        TimeSpan? completed = random.Next(5) == 0 ? null : invoked + TimeSpan.FromTicks(random.NextInt64(0, TimeSpan.TicksPerMinute));
        string key = random.Next(2) == 0 ? $"key-{i}" : $"sku-{random.Next(10)}";
        return new Operation(
            random.Next(-3, 300), Kinds[random.Next(Kinds.Length)], key, Values[random.Next(Values.Length)], invoked, completed, (Outcome)random.Next(3));
    }
}
