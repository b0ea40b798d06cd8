using System.Net;

namespace Harness.Target;

/// <summary>Everything that one service of the order system is told when it starts; see <see cref="CommandLine"/> for the words.</summary>
public sealed record ServiceOptions
{
    /// <summary>Which of the three this process is.</summary>
    public required ServiceName Service { get; init; }

    /// <summary>Where it listens, <c>http://host:port</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary>Where it listens besides, for whoever watches it: this one stays when the service moves. Null for nowhere.</summary>
    public Uri? ManagementUrl { get; init; }

    /// <summary>The folder of its database file; made when it is not there.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The Redis server, or the proxy in front of it.</summary>
    public required DnsEndPoint Redis { get; init; }

    /// <summary>How messages lie in Redis. Default <see cref="BusKind.Lists"/>.</summary>
    public BusKind Bus { get; init; }

    /// <summary>The service's PostgreSQL database, as Npgsql reads it; a password comes better from <c>PGPASSWORD</c>. Null for a SQLite file.</summary>
    public string? Postgres { get; init; }

    /// <summary>Where Orders asks for prices, and for stock when it coordinates. Null for the other services.</summary>
    public Uri? InventoryUrl { get; init; }

    /// <summary>Where Orders charges and refunds when it coordinates. Null for the other services.</summary>
    public Uri? PaymentsUrl { get; init; }

    /// <value>How long a saga may take before it is cancelled and compensated. Default a minute, four times the longest cut of the experiments that ship, so that what
    /// they show is the waiting and not the giving up.</value>
    public TimeSpan SagaDeadline { get; init; } = TimeSpan.FromMinutes(1);

    /// <value>Fixes names, prices and the jitter of retries. Default 1.</value>
    public int Seed { get; init; } = 1;

    /// <value>Products in a new inventory, at least 1. Default 100.</value>
    public int Products { get; init; } = 100;

    /// <value>Customer accounts in new books, at least 1. Default 50.</value>
    public int Customers { get; init; } = 50;

    /// <value>Pieces of each product in a new inventory. Default 1 000 000.</value>
    public int Stock { get; init; } = 1_000_000;

    /// <value>What each customer has at first. Default 1 000 000.00.</value>
    public long BalanceCents { get; init; } = 100_000_000;

    /// <value>Default <see cref="Coordination.Choreography"/>.</value>
    public Coordination Coordination { get; init; }

    /// <value>Default <see cref="OrderStorage.State"/>.</value>
    public OrderStorage Storage { get; init; }

    /// <value>Default <see cref="Reads.Cached"/>.</value>
    public Reads Reads { get; init; }

    /// <value>Default <see cref="ResilienceSwitch.On"/>.</value>
    public ResilienceSwitch Resilience { get; init; }

    /// <value>Default <see cref="WhenCut.Accept"/>.</value>
    public WhenCut WhenCut { get; init; }

    /// <summary>How much the service takes on at once.</summary>
    public Admission.AdmissionOptions Admission { get; init; } = new();

    /// <value>How long a product stays in the cache. Default 10 s.</value>
    public TimeSpan CacheTtl { get; init; } = TimeSpan.FromSeconds(10);

    /// <value>Default <see cref="CacheWrites.Aside"/>.</value>
    public CacheWrites CacheWrites { get; init; }

    /// <value>Products whose acknowledged price may wait for the database, at least 1, with <see cref="CacheWrites.Back"/>. Default 256.</value>
    public int WriteBackMax { get; init; } = 256;

    /// <value>How often those reach the database. Default 250 ms.</value>
    public TimeSpan WriteBackEvery { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <value>Default <see cref="Stampede.Lock"/>.</value>
    public Stampede Stampede { get; init; }

    /// <value>Default <see cref="TtlJitter.Off"/>.</value>
    public TtlJitter TtlJitter { get; init; }

    /// <value>Default <see cref="FailSafe.Off"/>.</value>
    public FailSafe FailSafe { get; init; }

    /// <value>Whether the process ends when its standard input does. Default false.</value>
    public bool StopWithStdin { get; init; }

    /// <value>The defect that is switched on. Default <see cref="Bug.None"/>.</value>
    public Bug Bug { get; init; }

    /// <summary>What has to be known to put something wrong in here while it runs; null when nobody can.</summary>
    public Chaos.ChaosToken? ChaosToken { get; init; }
}

/// <summary>The services of the order system. Their lower-case names are used in keys, edges and file names.</summary>
public enum ServiceName
{
    Orders,
    Payments,
    Inventory,
}

/// <summary>The word for a service wherever it leaves the process.</summary>
public static class ServiceNames
{
    public static string Word(this ServiceName service) => service switch
    {
        ServiceName.Orders => "orders",
        ServiceName.Payments => "payments",
        _ => "inventory",
    };
}
