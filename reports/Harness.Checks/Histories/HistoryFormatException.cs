namespace Harness.Checks.Histories;

/// <summary>A history that cannot be read; the message says where and what is wrong.</summary>
public sealed class HistoryFormatException : Exception
{
    public HistoryFormatException(int line, string problem) : base($"line {line}: {problem}") => Line = line;

    public HistoryFormatException(string problem) : base(problem) { }

    /// <summary>Counted from 1; 0 when the whole file is meant.</summary>
    public int Line { get; }
}
