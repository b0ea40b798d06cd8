namespace Harness.Chaos.Experiments;

/// <summary>One thing wrong with what the user asked for, where it stands, and what would be right.</summary>
/// <param name="File">The file, or the option it came from.</param>
/// <param name="Line">Counted from 1; 0 when the whole file is meant.</param>
/// <param name="Column">Counted from 1.</param>
/// <param name="Message">Says the value that was seen.</param>
public sealed record Problem(string File, long Line, long Column, string Message)
{
    public override string ToString() => Line > 0 ? $"{File}:{Line}:{Column}: {Message}" : $"{File}: {Message}";
}
