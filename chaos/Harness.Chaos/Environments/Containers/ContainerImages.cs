namespace Harness.Chaos.Environments.Containers;

/// <summary>Which images the stores run from: public ones with a fixed version, or those that the environment names.</summary>
internal static class ContainerImages
{
    public const string RedisVariable = "HARNESS_IMAGE_REDIS";
    public const string PostgresVariable = "HARNESS_IMAGE_POSTGRES";

    /// <value>Default <c>redis:7.4.1-alpine3.20</c>.</value>
    public static string Redis => Named(RedisVariable, "redis:7.4.1-alpine3.20");

    /// <value>Default <c>postgres:16.4-alpine3.20</c>.</value>
    public static string Postgres => Named(PostgresVariable, "postgres:16.4-alpine3.20");

    /// <summary>Each image by the variable that names another.</summary>
    public static IReadOnlyDictionary<string, string> All => new Dictionary<string, string> { [RedisVariable] = Redis, [PostgresVariable] = Postgres };

    private static string Named(string variable, string usual) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named ? named : usual;
}
