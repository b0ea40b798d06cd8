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
            foreach (string kind in entry.Kind("a fault", [.. FaultKinds.All.Select(known => known.Name)]))
                ReadFault(FaultKinds.Find(kind)!, entry);
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
        TimeSpan at = ReadStart(fields);
        TimeSpan lasts = fields.Optional<TimeSpan>("for", Units.TryDuration, Units.DurationForm) ?? timeline.Fault - at;
        if (lasts <= TimeSpan.Zero || at + lasts > timeline.Fault)
        {
            fields.Report(
                "for", $"at {Units.Text(at)} for {Units.Text(lasts)} does not end within the fault phase of {Units.Text(timeline.Fault)}");
        }

        Fault fault = kind.Read(new FaultFields(fields, environment)) with { Name = name, At = at, For = lasts };
        foreach (Fault other in _faults.Where(other => fault.Holds is not null && other.Holds == fault.Holds && other.At < at + lasts && at < other.At + other.For))
        {
            foreach (string part in other.Parts.Intersect(fault.Parts))
                fields.Report("at", $"it and '{other.Name}' would have the {fault.Holds} of {part} at the same time, and the one would undo the other; let it begin 'after: {other.Name}'");
        }

        _faults.Add(fault);
        fields.RejectUnknownKeys();
    }

    /// <summary><c>at</c> counts from the start of the fault phase, or from the end of the fault that <c>after</c> names.</summary>
    private TimeSpan ReadStart(MappingReader fields)
    {
        TimeSpan at = fields.Optional<TimeSpan>("at", Units.TryDuration, Units.DurationForm) ?? TimeSpan.Zero;
        if (fields.Text("after") is not { } name)
            return at;
        if (_faults.Find(fault => fault.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } earlier)
            return earlier.At + earlier.For + at;
        fields.Report("after", $"no fault above is called '{name}'; {NearestName.Hint(name, _faults.Select(fault => fault.Name))}");
        return at;
    }
}
