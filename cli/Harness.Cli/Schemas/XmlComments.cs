using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Harness.Cli.Schemas;

/// <summary>The comments of the source, from the files that the compiler leaves beside the assemblies.</summary>
internal static partial class XmlComments
{
    private static readonly Dictionary<string, XElement> Members = Directory.EnumerateFiles(AppContext.BaseDirectory, "Harness.*.xml")
        .SelectMany(file => XDocument.Load(file).Descendants("member"))
        .GroupBy(member => member.Attribute("name")!.Value)
        .ToDictionary(same => same.Key, same => same.First());

    /// <returns>Null for a type without one.</returns>
    public static string? Of(Type type) => Text(Members.GetValueOrDefault($"T:{NameOf(type)}")?.Element("summary"));

    /// <returns>The property's own comment, or that of the record's parameter it came from; null without either.</returns>
    public static string? Of(JsonPropertyInfo property)
    {
        if (property.AttributeProvider is not MemberInfo { DeclaringType: { } type } member)
            return null;
        XElement? own = Members.GetValueOrDefault($"P:{NameOf(type)}.{member.Name}");
        if (own?.Element("inheritdoc")?.Attribute("cref") is { } source)
            own = Members.GetValueOrDefault(source.Value);
        XElement? parameter = Members.GetValueOrDefault($"T:{NameOf(type)}")?.Elements("param").FirstOrDefault(one => one.Attribute("name")?.Value == member.Name);
        return Text(own?.Element("summary")) ?? Text(parameter);
    }

    private static string NameOf(Type type) =>
        (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string? Text(XElement? comment)
    {
        if (comment is null)
            return null;
        IEnumerable<string> words = comment.Nodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "see" or "paramref" } reference => LastName(reference),
            XElement element => element.Value,
            _ => "",
        });
        string joined = Blanks().Replace(string.Concat(words), " ").Trim();
        return joined.Length == 0 ? null : joined;
    }

    // <see cref="P:Harness.Records.RunVerdict.Results"/> and <paramref name="Value"/> are the names that stand in the JSON.
    private static string LastName(XElement reference)
    {
        string whole = (reference.Attribute("cref") ?? reference.Attribute("name") ?? reference.Attribute("langword"))?.Value ?? reference.Value;
        string last = whole[(whole.LastIndexOfAny(['.', ':']) + 1)..];
        return last.Length == 0 ? last : char.ToLowerInvariant(last[0]) + last[1..];
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
