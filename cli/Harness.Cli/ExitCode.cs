namespace Harness.Cli;

/// <summary>What the command tells whoever called it.</summary>
internal static class ExitCode
{
    public const int Passed = 0;

    /// <summary>A check, an expectation or a gate failed.</summary>
    public const int Failed = 1;

    /// <summary>The user asked for something impossible; every problem was printed and nothing was started.</summary>
    public const int BadInput = 2;

    /// <summary>The harness or its environment broke, or the run proves nothing.</summary>
    public const int NothingProven = 3;

    /// <summary>A stop condition ended the run.</summary>
    public const int Stopped = 4;

    /// <summary>Interrupted; what was broken was healed first.</summary>
    public const int Interrupted = 130;
}
