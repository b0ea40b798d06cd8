using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;

namespace Harness.Load;

/// <summary>A class library with scenarios: every public static method or property without parameters that gives <see cref="ScenarioProps"/>,
/// one or several.</summary>
public sealed class ScenarioLibrary
{
    private const string EngineName = "Harness.Load";

    private ScenarioLibrary(IReadOnlyList<ScenarioProps> scenarios) => Scenarios = scenarios;

    /// <summary>In the order of their types and members; names are unique.</summary>
    public IReadOnlyList<ScenarioProps> Scenarios { get; }

    /// <summary>Loads the library, with what it depends on from its own folder, and asks it for its scenarios. Its code runs in this process.</summary>
    /// <exception cref="LoadConfigurationException">It is no library of this engine's version, or gives no scenarios; every problem is named.</exception>
    public static ScenarioLibrary Open(string path)
    {
        string full = Path.GetFullPath(path);
        if (WhyNot(full) is { } problem)
            throw new LoadConfigurationException([problem]);
        try
        {
            Assembly library = new LibraryContext(full).LoadFromAssemblyPath(full);
            return Read(library);
        }
        catch (Exception error) when (error is BadImageFormatException or FileLoadException or FileNotFoundException or ReflectionTypeLoadException)
        {
            throw new LoadConfigurationException([$"cannot be loaded: {error.Message}"]);
        }
    }

    /// <summary>Looks at the file without running any of it; null when it can be loaded.</summary>
    private static string? WhyNot(string path)
    {
        if (!File.Exists(path))
            return "there is no such file";
        try
        {
            using var file = new PEReader(File.OpenRead(path));
            if (!file.HasMetadata)
                return "is no .NET assembly";
            MetadataReader metadata = file.GetMetadataReader();
            if (!metadata.IsAssembly)
                return "is no .NET assembly";
            Version own = typeof(ScenarioLibrary).Assembly.GetName().Version!;
            Version? asked = metadata.AssemblyReferences
                .Select(metadata.GetAssemblyReference)
                .Where(reference => metadata.GetString(reference.Name) == EngineName)
                .Select(reference => reference.Version)
                .FirstOrDefault();
            if (asked is null)
                return $"does not reference {EngineName}, so there are no scenarios in it";
            return asked == own ? null : $"was built against {EngineName} {asked}, but this is {own}; build it anew against this version";
        }
        catch (Exception error) when (error is BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            return error is BadImageFormatException ? "is no .NET assembly" : $"cannot be read: {error.Message}";
        }
    }

    private static ScenarioLibrary Read(Assembly library)
    {
        var problems = new List<string>();
        var scenarios = new List<ScenarioProps>();
        foreach (MethodInfo giver in library.GetExportedTypes().SelectMany(Givers))
        {
            try
            {
                scenarios.AddRange(giver.Invoke(null, null) switch
                {
                    ScenarioProps one => [one],
                    IEnumerable<ScenarioProps> several => several,
                    _ => [],
                });
            }
            catch (TargetInvocationException error)
            {
                Exception thrown = error.InnerException ?? error;
                problems.Add($"{giver.DeclaringType!.FullName}.{giver.Name} threw {thrown.GetType().Name}: {thrown.Message}");
            }
        }

        problems.AddRange(scenarios.GroupBy(scenario => scenario.ScenarioName).Where(same => same.Count() > 1).Select(
            same => $"{same.Count()} scenarios in it are called '{same.Key}'"));
        if (scenarios.Count == 0 && problems.Count == 0)
            problems.Add("holds no scenario: no public static method or property without parameters gives ScenarioProps");
        return problems.Count == 0 ? new ScenarioLibrary(scenarios) : throw new LoadConfigurationException(problems);
    }

    private static IEnumerable<MethodInfo> Givers(Type type) => type.ContainsGenericParameters
        ? []
        : type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Where(method =>
            method.GetParameters().Length == 0 && !method.IsGenericMethodDefinition
            && (method.ReturnType == typeof(ScenarioProps) || method.ReturnType.IsAssignableTo(typeof(IEnumerable<ScenarioProps>))));

    /// <summary>Takes the engine from this process, so that its types are the same, and everything else from the library's own folder.</summary>
    private sealed class LibraryContext(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
    {
        private readonly AssemblyDependencyResolver _resolver = new(path);

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (Default.Assemblies.Any(loaded => loaded.GetName().Name == assemblyName.Name))
                return null;
            return _resolver.ResolveAssemblyToPath(assemblyName) is { } found ? LoadFromAssemblyPath(found) : null;
        }

        protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
            _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } found ? LoadUnmanagedDllFromPath(found) : 0;
    }
}
