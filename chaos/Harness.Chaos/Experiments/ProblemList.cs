using YamlDotNet.RepresentationModel;

namespace Harness.Chaos.Experiments;

/// <summary>Gathers everything wrong with one file.</summary>
internal sealed class ProblemList(string file)
{
    private readonly List<Problem> _problems = [];

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<Problem> InOrder => [.. _problems.Distinct().OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)];

    public void Add(YamlNode node, string message) => Add(node.Start.Line, node.Start.Column, message);

    public void Add(long line, long column, string message) => _problems.Add(new Problem(file, line, column, message));
}
