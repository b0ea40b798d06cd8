namespace Harness.Records;

/// <summary>A folder that cannot be read or made as a run record; the message says which file and why.</summary>
public sealed class RecordException : Exception
{
    public RecordException(string message) : base(message) { }

    public RecordException(string message, Exception inner) : base(message, inner) { }
}
