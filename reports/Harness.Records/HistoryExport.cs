using System.Text.Json;

namespace Harness.Records;

/// <summary>Histories for other people's tools.</summary>
public static class HistoryExport
{
    /// <summary>One operation a line, in the order of invocation; times in whole microseconds.</summary>
    public static void ToJsonLines(IReadOnlyList<Operation> history, TextWriter writer)
    {
        foreach (Operation operation in history.OrderBy(o => o.Invoked))
        {
            writer.Write(JsonSerializer.Serialize(operation, RecordJson.Line));
            writer.Write('\n');
        }
    }

    /// <summary>Jepsen's EDN, one map a line: for each operation an <c>:invoke</c> and, if anything came of it, an <c>:ok</c>,
    /// <c>:fail</c> or <c>:info</c>,
    /// in the order of time. <c>:value</c> is <c>[key value]</c>, as Jepsen's independent workloads write it; <c>:time</c> is in
    /// nanoseconds.</summary>
    /// <remarks>What is read is not known when it is asked, so kinds that begin with <c>read</c> are invoked with nil. Jepsen never uses a
    /// process again whose operation ended in <c>:info</c>; its later operations get a new number here.</remarks>
    public static void ToEdn(IReadOnlyList<Operation> history, TextWriter writer)
    {
        int index = 0;
        foreach (EdnEvent happened in EdnEvent.InOrder(history))
            happened.Write(writer, index++);
    }
}
