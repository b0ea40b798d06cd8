namespace Harness.Records.Tests;

internal static class Descriptions
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 22, 10, 5, 250, TimeSpan.Zero);

    public static RunDescription Of(string experiment) => new()
    {
        Id = "whatever",
        Experiment = experiment,
        Seed = 42,
        Command = "harness run x.yaml --seed 42",
        HarnessVersion = "0.1.0",
        RuntimeVersion = "10.0.4",
        Machine = new MachineDescription("Linux", "X64", 2, 8L << 30),
        Environment = "embedded",
        StartedAt = Start,
    };

    public static RunClock Clock() => new(new FakeTimeProvider(Start));
}
