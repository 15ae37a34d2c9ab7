using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Logging.Abstractions;

namespace Touchstage.Safety.Storage;

/// <summary>A key ring in a folder that only its owner enters, a file a key.</summary>
internal sealed class KeyRingFolder(DirectoryInfo folder) : FileSystemXmlRepository(folder, NullLoggerFactory.Instance), IKeyRingPlace
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Name => Directory.FullName;

    public void Prepare()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.Create();
        }
        else
        {
            System.IO.Directory.CreateDirectory(Directory.FullName, Owner | UnixFileMode.UserExecute);
        }

        // What is not made cannot be told from what could not be: a ring that takes no key fails when one is due, and that is far too late.
        new FileStream(Path.Combine(Directory.FullName, $".probe-{Environment.ProcessId}"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.DeleteOnClose).Dispose();
    }

    public bool Has(Guid keyId) => File.Exists(Path.Combine(Directory.FullName, $"key-{keyId:D}.xml"))
        || (System.IO.Directory.Exists(Directory.FullName) ? false : throw new DirectoryNotFoundException($"There is no folder {Directory.FullName}."));

    public override void StoreElement(XElement element, string friendlyName)
    {
        base.StoreElement(element, friendlyName);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(Directory.FullName, $"{friendlyName}.xml"), Owner);
        }
    }
}
