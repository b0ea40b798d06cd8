using System.Collections.Concurrent;

namespace Harness.Scenarios.NBomberEngine;

/// <summary>Words of Harness.Load that the scenarios use and NBomber 4.1.2 has no equal for, given to NBomber's own types. Compiled only with
/// <c>-p:LoadEngine=NBomber</c>; a later NBomber that has a member of the same name uses its own.</summary>
internal static class WhatNBomberLacks
{
    // NBomber 4 empties its own dictionary after each iteration.
    private static readonly ConcurrentDictionary<string, Dictionary<string, object>> Kept = new();

    extension(IScenarioContext context)
    {
        /// <summary>NBomber 4 tells nobody when a run is over; the calls' own timeouts end them.</summary>
        public CancellationToken ScenarioCancellationToken => CancellationToken.None;

        public Dictionary<string, object> ScenarioInstanceData =>
            Kept.GetOrAdd($"{context.ScenarioInfo.ScenarioName} {context.ScenarioInfo.ThreadId}", static _ => []);
    }

    extension(Response)
    {
        /// <summary>It surely had no effect; to NBomber it is a failure with this status.</summary>
        public static Response<T> Refused<T>(string error, string statusCode = "", string message = "", int sizeBytes = 0) =>
            Response.Fail<T>(statusCode: StatusOf(error, statusCode), message: message, sizeBytes: sizeBytes);

        /// <summary>It may have had an effect; to NBomber it is a failure with this status.</summary>
        public static Response<T> Unknown<T>(string error, string statusCode = "", string message = "", int sizeBytes = 0) =>
            Response.Fail<T>(statusCode: StatusOf(error, statusCode), message: message, sizeBytes: sizeBytes);

        /// <inheritdoc cref="Unknown{T}(string, string, string, int)"/>
        public static Response<object> Unknown(string error, string statusCode = "", string message = "", int sizeBytes = 0) =>
            Response.Fail(statusCode: StatusOf(error, statusCode), message: message, sizeBytes: sizeBytes);
    }

    private static string StatusOf(string error, string statusCode) => statusCode.Length > 0 ? statusCode : error;
}
