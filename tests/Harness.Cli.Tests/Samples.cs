using Harness.Records;

namespace Harness.Cli.Tests;

internal static class Samples
{
    public static RunDescription Description { get; } = new()
    {
        Id = "x",
        Experiment = "demo",
        Seed = 7,
        Command = "./harness run demo --seed 7",
        HarnessVersion = "0.1.0",
        RuntimeVersion = ".NET 10",
        Machine = new MachineDescription("Linux", "x64", 2, 1),
        Environment = "embedded",
        StartedAt = DateTimeOffset.UnixEpoch,
    };

    public static CheckResult Failed { get; } = new()
    {
        Name = "money-conserved",
        Kind = ResultKind.Check,
        Verdict = Verdict.Fail,
        Summary = "A cent is missing.",
        Witness = new Witness(["transaction 7 does not add up to zero"], []),
    };
}
