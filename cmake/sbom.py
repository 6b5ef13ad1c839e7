#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The bill of materials of a source archive, as SPDX 2.3 in JSON: sbom.py ARCHIVE.tar.gz VERSION SECONDS [FILE]

It has the files of the archive with their checksums and the licenses that they state, and the libraries of
cmake/dependencies.json, none of which is in the archive. SECONDS since 1970 are its time. The same archive gives the same
bytes. A file whose license is missing or another one is an error that names it.
"""
import datetime
import hashlib
import json
import pathlib
import sys
import tarfile

from licenses import LICENSE, complaint, license_of

# What a library is to quoin, in the words of SPDX.
RELATION = {
    "component": "OPTIONAL_DEPENDENCY_OF",
    "tools": "OPTIONAL_DEPENDENCY_OF",
    "serve": "OPTIONAL_DEPENDENCY_OF",
    "python": "OPTIONAL_DEPENDENCY_OF",
    "build": "BUILD_DEPENDENCY_OF",
    "tests": "TEST_DEPENDENCY_OF",
    "bench": "DEV_DEPENDENCY_OF",
}
QUOIN = "SPDXRef-quoin"


def dependencies(root):
    return json.loads((root / "cmake/dependencies.json").read_text())


def files_of(archive):
    """Path in the repository and bytes of every file, by path; the folder that the archive has on top is taken off."""
    with tarfile.open(archive) as tar:
        pairs = [(m.name.partition("/")[2], tar.extractfile(m).read()) for m in tar if m.isfile()]
    return sorted(pairs)


def described_file(number, name, content):
    said = license_of(content)
    return {
        "SPDXID": f"SPDXRef-file-{number}",
        "fileName": f"./{name}",
        "checksums": [
            {"algorithm": "SHA1", "checksumValue": hashlib.sha1(content).hexdigest()},
            {"algorithm": "SHA256", "checksumValue": hashlib.sha256(content).hexdigest()},
        ],
        "licenseConcluded": LICENSE,
        "licenseInfoInFiles": [said or "NONE"],
        "copyrightText": "NOASSERTION",
    }


def described_library(library):
    least = library["least"]
    known = {
        "SPDXID": "SPDXRef-library-" + library["name"].replace(" ", "-"),
        "name": library["name"],
        "downloadLocation": f"git+{library['source']}",
        "filesAnalyzed": False,
        "licenseConcluded": "NOASSERTION",
        "licenseDeclared": library["license"],
        "copyrightText": "NOASSERTION",
        "comment": "Used where it is found, and not part of the archive" + (f"; {least} or later." if least else "."),
    }
    if "of" in library:
        known["comment"] += f" Behind quoin::{library['of']}."
    return known


def sbom(archive, version, seconds, libraries):
    """The document, and the complaints about licenses."""
    archive = pathlib.Path(archive)
    files = files_of(archive)
    complaints = [said for name, content in files if (said := complaint(name, content))]
    described = [described_file(number, *file) for number, file in enumerate(files, 1)]
    sums = "".join(sorted(file["checksums"][0]["checksumValue"] for file in described))
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    created = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    quoin = {
        "SPDXID": QUOIN,
        "name": "quoin",
        "versionInfo": version,
        "packageFileName": archive.name,
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": True,
        "packageVerificationCode": {"packageVerificationCodeValue": hashlib.sha1(sums.encode()).hexdigest()},
        "checksums": [{"algorithm": "SHA256", "checksumValue": digest}],
        "licenseConcluded": LICENSE,
        "licenseDeclared": LICENSE,
        "licenseInfoFromFiles": sorted({said for file in described for said in file["licenseInfoInFiles"]} - {"NONE"}),
        "copyrightText": "NOASSERTION",
        "primaryPackagePurpose": "LIBRARY",
    }
    document = {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"quoin-{version}",
        "documentNamespace": f"https://spdx.org/spdxdocs/quoin-{version}-{digest}",
        "creationInfo": {"created": created, "creators": ["Tool: quoin-sbom"]},
        "packages": [quoin, *map(described_library, libraries)],
        "files": described,
        "relationships": [
            {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": QUOIN},
            *(
                {"spdxElementId": described_library(library)["SPDXID"], "relationshipType": RELATION[library["use"]],
                 "relatedSpdxElement": QUOIN}
                for library in libraries
            ),
            *(
                {"spdxElementId": QUOIN, "relationshipType": "CONTAINS", "relatedSpdxElement": file["SPDXID"]}
                for file in described
            ),
        ],
    }  # fmt: skip
    return document, complaints


def main(archive, version, seconds, file="-"):
    root = pathlib.Path(__file__).resolve().parents[1]
    document, complaints = sbom(archive, version, int(seconds), dependencies(root))
    if complaints:
        sys.exit("\n".join(complaints))
    text = json.dumps(document, indent=1) + "\n"
    if file == "-":
        sys.stdout.write(text)
    else:
        pathlib.Path(file).write_text(text)


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    main(*sys.argv[1:])
