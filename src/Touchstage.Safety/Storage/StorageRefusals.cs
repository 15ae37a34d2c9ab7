using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Storage;

/// <summary>Why a store's name is refused.</summary>
internal static class StorageRefusals
{
    public static readonly RefusalCode InvalidLocation = RefusalCode.Define("invalid_store", "The store's location cannot be read, or names an engine that this build does not have.");

    public static Refusal NotALocation() =>
        new(InvalidLocation, "A store is named sqlite:PATH, where PATH is the database file. This build has no other engine.");
}
