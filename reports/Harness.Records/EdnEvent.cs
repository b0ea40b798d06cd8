using System.Globalization;
using System.Text;

namespace Harness.Records;

/// <summary>Half an operation: that it was asked, or what came of it.</summary>
internal readonly record struct EdnEvent(Operation Operation, long Process, TimeSpan At, bool IsInvocation, int Place)
{
    private const long NanosecondsPerTick = 100;

    /// <summary>All halves in the order of time. At one and the same time the halves of a process keep their order, and else
    /// invocations come first: two operations that merely touch are then seen as concurrent, which accuses nobody wrongly.</summary>
    public static IEnumerable<EdnEvent> InOrder(IReadOnlyList<Operation> history)
    {
        long stride = history.Count == 0 ? 1 : history.Max(o => (long)o.Process) + 1;
        var halves = new List<EdnEvent>(history.Count * 2);
        foreach (IGrouping<int, Operation> process in history.GroupBy(o => o.Process))
            AddHalves(process, stride, halves);

        return halves.OrderBy(half => half.At).ThenBy(half => half.Place).ThenBy(half => half.IsInvocation ? 0 : 1);
    }

    public void Write(TextWriter writer, int index)
    {
        string type = IsInvocation ? "invoke" : Operation.Outcome switch { Outcome.Ok => "ok", Outcome.Refused => "fail", _ => "info" };
        bool known = !IsInvocation || !Operation.Kind.StartsWith("read", StringComparison.Ordinal);
        string value = known && Operation.Value is { } text ? Quote(text) : "nil";
        writer.Write(string.Create(CultureInfo.InvariantCulture,
            $"{{:index {index}, :time {At.Ticks * NanosecondsPerTick}, :type :{type}, :process {Process}, "
            + $":f :{Word(Operation.Kind)}, :value [{Quote(Operation.Key)} {value}]}}\n"));
    }

    private static void AddHalves(IEnumerable<Operation> operations, long stride, List<EdnEvent> halves)
    {
        TimeSpan last = TimeSpan.MinValue;
        int place = 0;
        long crashes = 0;
        foreach (Operation operation in operations.OrderBy(o => o.Invoked).ThenBy(o => o.Completed ?? TimeSpan.MaxValue))
        {
            long process = operation.Process + crashes * stride;
            halves.Add(new EdnEvent(operation, process, operation.Invoked, IsInvocation: true, Next(operation.Invoked)));
            if (operation.Completed is { } completed)
                halves.Add(new EdnEvent(operation, process, completed, IsInvocation: false, Next(completed)));
            if (operation.Outcome == Outcome.Unknown)
                crashes++;
        }

        int Next(TimeSpan at)
        {
            place = at == last ? place + 1 : 0;
            last = at;
            return place;
        }
    }

    private static string Word(string kind) =>
        string.Concat(kind.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-'));

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ => c,
            });
        }

        return quoted.Append('"').ToString();
    }
}
