using System.Xml.Linq;
using System.Xml.Schema;

namespace Harness.Reports.Tests;

/// <summary>The schema that JUnit XML is held to.</summary>
internal static class JUnitSchema
{
    /// <summary>Every way in which a document breaks it.</summary>
    public static IReadOnlyList<string> Problems(string xml)
    {
        var schemas = new XmlSchemaSet();
        schemas.Add(null, Path.Combine(AppContext.BaseDirectory, "Golden", "junit.xsd"));
        var problems = new List<string>();
        XDocument.Parse(xml).Validate(schemas, (_, problem) => problems.Add(problem.Message));
        return problems;
    }
}
