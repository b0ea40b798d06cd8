using System.ComponentModel;
using System.Reflection;
using System.Text;

namespace Harness.Load;

/// <summary>Reads CSV text into objects.</summary>
internal static class CsvRows
{
    /// <summary>A line may be wrong a million times over; this many are named.</summary>
    private const int ProblemsMost = 20;

    public static T[] Read<T>(string path, string text)
    {
        var problems = new List<string>();
        using IEnumerator<(int Line, string[] Cells)> rows = Parse(text, line => problems.Add($"{path}({line}): a quote is never closed")).GetEnumerator();
        if (!rows.MoveNext())
            throw new LoadConfigurationException([$"{path}: is empty; its first line names the columns"]);
        var shape = new RowShape(typeof(T), rows.Current.Cells);
        problems.AddRange(shape.Problems.Select(problem => $"{path}(1): {problem}"));
        var read = new List<T>();
        while (rows.MoveNext() && problems.Count < ProblemsMost)
        {
            (int line, string[] cells) = rows.Current;
            if (cells.Length != shape.Columns)
                problems.Add($"{path}({line}): has {cells.Length} cells; the first line names {shape.Columns} columns");
            else if (shape.Problems.Count == 0 && shape.Make(cells, problem => problems.Add($"{path}({line}): {problem}")) is T made)
                read.Add(made);
        }

        return problems.Count == 0 ? [.. read] : throw new LoadConfigurationException(problems);
    }

    /// <summary>Cells may be quoted, and then hold commas, line ends and doubled quotes; empty lines are passed over.</summary>
    private static IEnumerable<(int Line, string[] Cells)> Parse(string text, Action<int> unclosed)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        bool quoted = false;
        bool any = false;
        int line = 1, rowLine = 1;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\n')
                line++;
            if (quoted)
            {
                if (c != '"')
                    cell.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"')
                    cell.Append(text[++i]);
                else
                    quoted = false;
                continue;
            }

            switch (c)
            {
                case '"' when cell.Length == 0:
                    quoted = any = true;
                    break;
                case ',':
                    cells.Add(cell.ToString());
                    cell.Clear();
                    any = true;
                    break;
                case '\n':
                    if (any || cell.Length > 0)
                        yield return (rowLine, [.. cells, cell.ToString()]);
                    cells.Clear();
                    cell.Clear();
                    any = false;
                    rowLine = line;
                    break;
                case '\r' or '\uFEFF':
                    break;
                default:
                    cell.Append(c);
                    break;
            }
        }

        if (quoted)
            unclosed(rowLine);
        else if (any || cell.Length > 0)
            yield return (rowLine, [.. cells, cell.ToString()]);
    }

    /// <summary>How the columns of a file become an object.</summary>
    private sealed class RowShape
    {
        private readonly ConstructorInfo? _constructor;
        private readonly ParameterInfo[] _parameters;
        private readonly int[] _columnOfParameter;
        private readonly List<(PropertyInfo Property, int Column)> _properties = [];

        public RowShape(Type type, string[] header)
        {
            Columns = header.Length;
            // The one with the most parameters: a record's own.
            _constructor = type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length);
            _parameters = _constructor?.GetParameters() ?? [];
            _columnOfParameter = [.. _parameters.Select(parameter => ColumnOf(header, parameter.Name!))];
            Problems.AddRange(_parameters.Where((parameter, i) => _columnOfParameter[i] < 0 && !parameter.HasDefaultValue).Select(
                parameter => $"no column is called '{parameter.Name}'; there is {string.Join(", ", header)}"));
            foreach (PropertyInfo property in type.GetProperties().Where(property => property.CanWrite && ColumnOf(header, property.Name) >= 0))
            {
                if (!_parameters.Any(parameter => parameter.Name!.Equals(property.Name, StringComparison.OrdinalIgnoreCase)))
                    _properties.Add((property, ColumnOf(header, property.Name)));
            }

            if (_constructor is null && !type.IsValueType)
                Problems.Add($"{type.Name} has no public constructor");
            if (_properties.Count == 0 && _columnOfParameter.All(column => column < 0))
                Problems.Add($"no column of {string.Join(", ", header)} is a property of {type.Name}: {string.Join(", ", type.GetProperties().Select(property => property.Name))}");
        }

        public int Columns { get; }

        public List<string> Problems { get; } = [];

        /// <summary>Null when a cell does not fit.</summary>
        public object? Make(string[] cells, Action<string> problem)
        {
            bool fits = true;
            object? Value(string name, Type type, int column)
            {
                try
                {
                    return type == typeof(string) ? cells[column] : TypeDescriptor.GetConverter(type).ConvertFromInvariantString(cells[column]);
                }
                catch (Exception error) when (error is ArgumentException or FormatException or NotSupportedException or OverflowException)
                {
                    fits = false;
                    problem($"'{cells[column]}' is no {type.Name} for '{name}'");
                    return null;
                }
            }

            object?[] arguments = [.. _parameters.Select((parameter, i) =>
                _columnOfParameter[i] < 0 ? parameter.DefaultValue : Value(parameter.Name!, parameter.ParameterType, _columnOfParameter[i]))];
            (PropertyInfo Property, object? Value)[] properties =
                [.. _properties.Select(one => (one.Property, Value(one.Property.Name, one.Property.PropertyType, one.Column)))];
            if (!fits || _constructor is null)
                return null;
            object made = _constructor.Invoke(arguments);
            foreach ((PropertyInfo property, object? value) in properties)
                property.SetValue(made, value);
            return made;
        }

        private static int ColumnOf(string[] header, string name) =>
            Array.FindIndex(header, column => column.Trim().Equals(name, StringComparison.OrdinalIgnoreCase));
    }
}
