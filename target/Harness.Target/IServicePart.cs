using System.Data;
using Harness.Target.Storage;

namespace Harness.Target;

/// <summary>What makes a service this one: its schema, its parts and its endpoints.</summary>
internal interface IServicePart
{
    /// <summary>Makes the tables that are not there, and fills new ones.</summary>
    void Migrate(IDbConnection connection, SqlDialect dialect, ServiceOptions options);

    /// <summary>Says what the service is made of, beside what all have.</summary>
    void Add(IServiceCollection services, ServiceOptions options);

    /// <summary>Puts its endpoints and metrics up.</summary>
    void Map(WebApplication app);
}
