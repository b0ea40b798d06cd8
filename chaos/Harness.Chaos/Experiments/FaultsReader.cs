using Harness.Chaos.Environments;
using Harness.Chaos.Faults;

namespace Harness.Chaos.Experiments;

/// <summary>Reads <c>faults:</c>; what a kind of fault needs beyond edges and times, the kind reads itself.</summary>
internal sealed class FaultsReader(IEnvironmentKind environment, Timeline timeline)
{
    private readonly List<Fault> _faults = [];

    public IReadOnlyList<Fault> Read(MappingReader root)
    {
        foreach (MappingReader entry in root.Mappings("faults"))
        {
            if (entry.Kind() is not { } word)
                continue;
            if (FaultKinds.Find(word) is { } kind)
                ReadFault(kind, entry);
            else
                entry.Report(word, $"'{word}' is not a fault; {NearestName.Hint(word, FaultKinds.All.Select(known => known.Name))}");
        }

        return _faults;
    }

    private void ReadFault(IFaultKind kind, MappingReader entry)
    {
        if (entry.Mapping(kind.Name) is not { } fields)
            return;
        string name = fields.Text("name") ?? $"{kind.Name}-{_faults.Count + 1}";
        if (_faults.Exists(fault => fault.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            fields.Report("name", $"'{name}' is used twice");
        if (name.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter != '-'))
            fields.Report("name", $"'{name}' takes letters, digits and hyphens only");
        TimeSpan at = fields.Optional<TimeSpan>("at", Units.TryDuration, Units.DurationForm) ?? TimeSpan.Zero;
        TimeSpan lasts = fields.Optional<TimeSpan>("for", Units.TryDuration, Units.DurationForm) ?? timeline.Fault - at;
        if (lasts <= TimeSpan.Zero || at + lasts > timeline.Fault)
        {
            fields.Report(
                "for", $"at {Units.Text(at)} for {Units.Text(lasts)} does not end within the fault phase of {Units.Text(timeline.Fault)}");
        }

        _faults.Add(kind.Read(new FaultFields(name, ReadEdges(fields), at, lasts, fields)));
        fields.RejectUnknownKeys();
    }

    private List<Edge> ReadEdges(MappingReader fields)
    {
        var edges = new List<Edge>();
        foreach (string text in fields.Texts("edges"))
        {
            if (Edge.Parse(text) is { } edge && environment.Edges.Contains(edge))
            {
                if (edges.Contains(edge))
                    fields.Report("edges", $"'{text}' is named twice");
                edges.Add(edge);
            }
            else
                fields.Report("edges", $"'{text}' is not an edge of --env {environment.Name}; {Hint(text)}");
        }

        if (edges.Count == 0 && fields.Texts("edges").Count == 0)
            fields.Report("edges", $"is missing; it takes a list of edges: {string.Join(", ", environment.Edges)}");
        return edges;
    }

    private string Hint(string text) =>
        EnvironmentKinds.All.FirstOrDefault(other => other.Edges.Any(edge => edge.ToString() == text)) is { } has
            ? $"--env {has.Name} has it"
            : NearestName.Hint(text, environment.Edges.Select(edge => edge.ToString()));
}
