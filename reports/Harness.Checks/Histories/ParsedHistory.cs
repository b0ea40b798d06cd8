namespace Harness.Checks.Histories;

/// <summary>A history as it was read.</summary>
/// <param name="Format">One of <see cref="HistoryFile.Formats"/>, never <c>auto</c>.</param>
/// <param name="Operations">In the order of invocation.</param>
internal sealed record ParsedHistory(string Format, IReadOnlyList<ClientOperation> Operations)
{
    /// <summary>Knossos takes every refusal and every read of nil as saying nothing.</summary>
    public bool SpeaksKnossos => Format is HistoryFile.Edn or HistoryFile.Json;
}
