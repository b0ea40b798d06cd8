namespace Harness.Chaos.Faults;

/// <summary>How a kind of fault is called and read; found by its name, so a new fault is one new file with one of these in it.</summary>
public interface IFaultKind
{
    /// <summary>The word that YAML uses.</summary>
    string Name { get; }

    /// <summary>One line for lists.</summary>
    string Summary { get; }

    /// <summary>Reads what the kind needs; name and times are read for it. Whatever is wrong is reported to the fields' reader.</summary>
    Fault Read(FaultFields fields);
}

/// <summary>Every kind of fault in this library.</summary>
public static class FaultKinds
{
    public static IReadOnlyList<IFaultKind> All { get; } =
    [
        .. typeof(FaultKinds).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IFaultKind)))
            .Select(type => (IFaultKind)Activator.CreateInstance(type)!)
            .OrderBy(kind => kind.Name, StringComparer.Ordinal),
    ];

    /// <summary>The kind of that name, or null.</summary>
    public static IFaultKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
