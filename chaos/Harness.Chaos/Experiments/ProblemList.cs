using YamlDotNet.RepresentationModel;

namespace Harness.Chaos.Experiments;

/// <summary>Gathers everything wrong with one file, and with those that it extends.</summary>
internal sealed class ProblemList(string file)
{
    private readonly List<Problem> _problems = [];
    private readonly Dictionary<YamlNode, string> _elsewhere = new(ReferenceEqualityComparer.Instance);

    private readonly HashSet<YamlNode> _hopeless = new(ReferenceEqualityComparer.Instance);

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<Problem> InOrder =>
        [.. _problems.Distinct().OrderBy(problem => problem.File != file).ThenBy(problem => problem.Line).ThenBy(problem => problem.Column)];

    /// <summary>Notes that a node stands in another file.</summary>
    public void StandsIn(YamlNode node, string other)
    {
        foreach (YamlNode part in node.AllNodes)
            _elsewhere[part] = other;
    }

    public void Add(YamlNode node, string message)
    {
        if (!_hopeless.Contains(node))
            _problems.Add(new Problem(_elsewhere.GetValueOrDefault(node, file), node.Start.Line, node.Start.Column, message));
    }

    /// <summary>Adds a problem after which nothing else can be said of the node.</summary>
    public void AddLast(YamlNode node, string message)
    {
        Add(node, message);
        _hopeless.Add(node);
    }

    public void Add(long line, long column, string message) => Add(file, line, column, message);

    public void Add(string other, long line, long column, string message) => _problems.Add(new Problem(other, line, column, message));
}
