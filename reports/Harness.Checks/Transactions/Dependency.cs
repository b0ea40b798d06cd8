namespace Harness.Checks.Transactions;

/// <summary>Why one transaction must come before another (Adya 1999).</summary>
[Flags]
internal enum Dependency
{
    None = 0,

    /// <summary>The other wrote the next version.</summary>
    WriteWrite = 1,

    /// <summary>The other read what the one wrote.</summary>
    WriteRead = 2,

    /// <summary>The other overwrote what the one read.</summary>
    ReadWrite = 4,

    /// <summary>The one was over before the other began.</summary>
    RealTime = 8,
}
