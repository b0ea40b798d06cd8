using Harness.Checks.Histories;
using Harness.Records;

namespace Harness.Checks.Workloads;

/// <summary>A set that is only added to: what was acknowledged stays, what was refused never comes, and nothing is there that nobody
/// added.</summary>
/// <remarks>What counts in the end is the last read: an element that a read missed and a later one showed is stale and only counted; one
/// that is missing from the last is lost. An element is stable from the end of the last read that missed it; how long after its
/// acknowledgement that was is counted.</remarks>
internal static class SetWorkload
{
    private const string Model = "set";

    public static HistoryCheckResult Judge(ParsedHistory history)
    {
        var findings = new HistoryFindings();
        int lost = 0, stale = 0, neverRead = 0, recovered = 0;
        bool anyRead = false;
        var stable = new Latencies(history);
        foreach (IGrouping<string?, ClientOperation> set in history.Operations.GroupBy(o => o.Key))
        {
            ClientOperation[] reads = [.. set.Where(o => o is { F: "read", Outcome: Outcome.Ok }).OrderBy(o => o.Completed)];
            var additions = Additions(set);
            if (reads.Length == 0)
                continue;

            anyRead = true;
            HashSet<string>[] seen = [.. reads.Select(read => Elements(read, additions, findings))];
            ClientOperation last = reads[^1];
            foreach ((string element, List<ClientOperation> adds) in additions)
            {
                TimeSpan known = KnownFrom(element, adds, reads, seen);
                bool isThere = seen[^1].Contains(element);
                recovered += isThere && adds.All(add => add.Outcome == Outcome.Unknown) ? 1 : 0;
                if (known == TimeSpan.MaxValue)
                    continue;

                if (known >= last.Invoked && !isThere)
                {
                    neverRead++;
                }
                else if (!isThere)
                {
                    lost++;
                    findings.Add($"{element} was added but is missing from the last read (line {last.Line}).", adds[0]);
                }
                else
                {
                    int missed = Enumerable.Range(0, reads.Length).LastOrDefault(i => reads[i].Invoked > known && !seen[i].Contains(element), -1);
                    stale += missed < 0 ? 0 : 1;
                    stable.Add(missed < 0 ? TimeSpan.Zero : reads[missed].Completed!.Value - known);
                }
            }
        }

        if (!anyRead)
            return HistoryCheck.Answer(history, Model, Verdict.Unknown, "The set was never read.");

        var numbers = new Dictionary<string, double> { ["lost"] = lost, ["stale"] = stale, ["neverRead"] = neverRead, ["recovered"] = recovered };
        stable.AddTo(numbers, "stable");
        return findings.Result(history, Model, "Every element that was acknowledged is in the last read, and nothing else.", numbers);
    }

    private static Dictionary<string, List<ClientOperation>> Additions(IEnumerable<ClientOperation> set)
    {
        var additions = new Dictionary<string, List<ClientOperation>>(StringComparer.Ordinal);
        foreach (ClientOperation operation in set)
        {
            if (operation.F == "add")
                (additions.TryGetValue(Form.Text(operation.Value), out var adds) ? adds : additions[Form.Text(operation.Value)] = []).Add(operation);
            else if (operation.F != "read")
                throw new HistoryFormatException(operation.Line, $"the model knows no '{operation.F}'");
        }

        return additions;
    }

    private static HashSet<string> Elements(ClientOperation read, Dictionary<string, List<ClientOperation>> additions, HistoryFindings findings)
    {
        var elements = new HashSet<string>(StringComparer.Ordinal);
        foreach (object? form in Values.ListOf(read))
        {
            string element = Form.Text(form);
            if (!elements.Add(element))
                findings.Add($"{element} is in one read twice (line {read.Line}).", read);
            else if (!additions.TryGetValue(element, out List<ClientOperation>? adds) || adds.All(add => add.Invoked > read.Completed))
                findings.Add($"{element} was read (line {read.Line}) before anybody added it.", read);
            else if (adds.All(add => add.Outcome == Outcome.Refused))
                findings.Add($"{element} was read (line {read.Line}) though adding it was refused.", adds[0], read);
        }

        return elements;
    }

    private static TimeSpan KnownFrom(string element, List<ClientOperation> adds, ClientOperation[] reads, HashSet<string>[] seen)
    {
        TimeSpan known = adds.Where(add => add.Outcome == Outcome.Ok).Select(add => add.Completed!.Value).DefaultIfEmpty(TimeSpan.MaxValue).Min();
        int first = Array.FindIndex(seen, elements => elements.Contains(element));
        return first >= 0 && reads[first].Completed < known ? reads[first].Completed!.Value : known;
    }
}
