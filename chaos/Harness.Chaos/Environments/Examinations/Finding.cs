namespace Harness.Chaos.Environments.Examinations;

/// <summary>How a thing of this machine stands to what the harness wants of it.</summary>
public enum FindingStatus
{
    /// <summary>It could not be looked at.</summary>
    Unknown,
    Fine,

    /// <summary>It works with less comfort, or with numbers that say less.</summary>
    Warning,

    /// <summary>It is missing.</summary>
    Lacks,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Found">What was seen.</param>
/// <param name="Advice">What to do about it; null when nothing need be done.</param>
public sealed record Finding(string Name, FindingStatus Status, string Found, string? Advice = null);
