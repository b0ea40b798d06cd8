namespace Harness.Records;

/// <summary>Appends operations to <c>history.bin</c>; thread-safe, nothing allocated per operation.</summary>
public sealed class HistoryWriter
{
    public void Record(in Operation operation) => throw new NotImplementedException();
}
